// The parts of the console that come from one status answer: lamps, banner, what needs a person, setup facts.
import type { Status } from "../../shared/admin-api.ts";
import { element } from "../ui/build-element.ts";
import { gatewayFacts, tenantList } from "./view-setup.ts";
import { lampStrip, needsYou, todayLine } from "./view-status.ts";

export interface StatusParts {
  readonly lamps: HTMLElement;
  readonly banner: HTMLElement;
  readonly needs: HTMLElement;
  readonly tenants: HTMLElement;
  readonly facts: HTMLElement;
  show(status: Status): void;
  /** Nobody answered: no lamp may stay green. */
  offline(): void;
  /** The gateway answered, but not with a status. */
  refused(message: string): void;
}

export function statusParts(open: (engagementId: string) => void, now: () => number): StatusParts {
  const lamps = element("section", { class: "lamp-strip", "aria-label": "Is everything working?" });
  const banner = element("div", { role: "status", class: "banner" });
  const needs = element("div", { class: "stack" });
  const tenants = element("div", {});
  const facts = element("div", {});
  let shown = "";

  const warn = (sentence: string): void => {
    shown = "";
    lamps.replaceChildren(lampStrip(null, false));
    if (banner.textContent !== sentence) banner.replaceChildren(element("p", { class: "box bad" }, sentence));
  };
  lamps.replaceChildren(lampStrip(null, true));
  for (const place of [needs, tenants, facts]) {
    place.replaceChildren(element("p", { class: "quiet" }, "Loading…"));
  }
  return {
    ...{ lamps, banner, needs, tenants, facts },
    offline: () => warn("The gateway does not answer. It may have been stopped. Trying again…"),
    refused: warn,
    show: (status) => {
      banner.replaceChildren();
      // Written anew only after a change, so that nothing under a pointer or a selection is swapped for the same.
      const text = JSON.stringify(status);
      if (text === shown) return;
      shown = text;
      lamps.replaceChildren(lampStrip(status, false));
      needs.replaceChildren(
        needsYou(status, open),
        element("p", { class: "quiet today" }, todayLine(status)),
      );
      tenants.replaceChildren(tenantList(status));
      facts.replaceChildren(gatewayFacts(status, now()));
    },
  };
}
