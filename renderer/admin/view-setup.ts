// Brokerages with their embed address, and this gateway: where keys are kept, settings notices, environment locks.
import type { Status } from "../../shared/admin-api.ts";
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { copyButton } from "../ui/copy-text.ts";
import { timeElement } from "../ui/relative-time.ts";

function tenantCard(tenant: Status["tenants"][number]): HTMLElement {
  const agents = tenant.users === 1 ? "1 agent" : `${tenant.users} agents`;
  return element(
    "li",
    { class: "card" },
    element("h3", { dir: "auto" }, tenant.domain_name),
    element("p", { class: "quiet" }, `Track ${tenant.track} · ${agents}`),
    element("p", {}, "Embedded app address, to paste in Follow Up Boss:"),
    element(
      "div",
      { class: "copy-line" },
      element("code", {}, tenant.embed_url),
      copyButton(tenant.embed_url, "Copy"),
    ),
  );
}

export function tenantList(status: Status): HTMLElement {
  return status.tenants.length === 0
    ? element(
        "p",
        { class: "quiet" },
        "No brokerage yet. Apply a setup file (",
        element("code", {}, "aventora-gateway apply setup.json"),
        ") and it will be listed here with the address for Follow Up Boss.",
      )
    : element("ul", { class: "cards" }, ...status.tenants.map(tenantCard));
}

function lineList(lines: readonly string[], none: string): HTMLElement {
  return lines.length === 0
    ? element("p", { class: "quiet" }, none)
    : element("ul", { class: "lines" }, ...lines.map((line) => element("li", { dir: "auto" }, line)));
}

export function gatewayFacts(status: Status, now: number): HTMLElement {
  return element(
    "div",
    { class: "cards" },
    element(
      "div",
      { class: "card" },
      element("h3", {}, "Where keys are kept"),
      element(
        "p",
        { class: status.vault.ok ? "tone-ok" : "tone-bad" },
        toneShape(status.vault.ok ? "ok" : "bad"),
        " ",
        status.vault.sentence,
      ),
    ),
    element(
      "div",
      { class: "card" },
      element("h3", {}, "Settings"),
      lineList(status.settings_notices, "Read without a remark."),
    ),
    element(
      "div",
      { class: "card" },
      element("h3", {}, "Fixed by the environment"),
      lineList(status.environment_locks, "Nothing: all settings can be changed in the settings file."),
    ),
    element(
      "div",
      { class: "card" },
      element("h3", {}, "Version and addresses"),
      element("p", {}, `Version ${status.version}, running since `, timeElement(status.started_at, now)),
      element("p", {}, "Listens at ", element("code", {}, status.public_url)),
      element(
        "p",
        {},
        status.server_url === null
          ? "No public address is set (SERVER_URL): Follow Up Boss cannot reach it yet."
          : "Public address ",
        status.server_url === null ? null : element("code", {}, status.server_url),
      ),
    ),
  );
}
