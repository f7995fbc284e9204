// The public address in Settings, Platform: choosing how the internet reaches the gateway, seeing how it stands, and what
// to do when it moved. By keyboard, in both schemes, at every width.
import { expect, type Page, test } from "@playwright/test";
import { platformSchema } from "../../shared/settings.schema.ts";
import { SETTINGS_ANSWERS, VIEW } from "./console-settings-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";
import { OLD, TUNNEL_MOVED, TUNNEL_OPENING, TUNNEL_UP, tunnelWaiting } from "./console-tunnel-samples.ts";
import { complaintsOf, lookThrough } from "./look-at.ts";

let stub: ConsoleStub;
test.beforeEach(async () => {
  stub = await startConsoleStub(SETTINGS_ANSWERS);
});
test.afterEach(() => stub.close());
test.use({ viewport: { width: 1280, height: 1100 } });

const panel = (page: Page) => page.getByRole("region", { name: "Reached from the internet" });
const cloudflared = {
  ...VIEW,
  platform: platformSchema.parse({ tunnel: "cloudflared", PORT: 8010 }),
  locks: [],
  embed_urls: {
    "fub-test": {
      embed: `${TUNNEL_UP.url}/integration/followupboss/embed`,
      campaign: `${TUNNEL_UP.url}/integration/followupboss/campaign`,
      webhook: "",
    },
  },
};
const open = async (page: Page): Promise<void> => {
  await page.goto(`${stub.url}#/settings/platform`);
  await expect(panel(page).getByText("Address in force")).toBeVisible();
};

test("each way asks for what it needs, by keyboard, and is saved with the other settings", async ({
  page,
}) => {
  await open(page);
  const way = panel(page).getByRole("radiogroup", { name: "How the internet reaches this gateway" });
  await way.getByRole("radio", { name: "Own address" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(way.getByRole("radio", { name: "ngrok" })).toBeChecked();
  await expect(panel(page).getByRole("textbox", { name: "Public address" })).toHaveCount(0);
  await expect(panel(page).getByText("This address will not last")).toBeVisible();
  await panel(page).getByLabel("Own domain of the tunnel").fill("gw.maple.example");
  await expect(panel(page).getByText("This address will not last")).toHaveCount(0);
  await expect(panel(page).getByRole("button", { name: "Test the address now" })).toBeDisabled();
  await expect(panel(page).getByText("Save first")).toBeVisible();
  await way.getByRole("radio", { name: "Another program" }).check();
  await panel(page)
    .getByRole("textbox", { name: "Command" })
    .fill("ssh\n-R\n\n80:{host}:{port}\nnokey@localhost.run\n");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect
    .poll(() => stub.changes.at(-1)?.body)
    .toEqual({
      revision: "rev-1",
      setup: {
        platform: {
          tunnel: "command",
          tunnel_domain: "gw.maple.example",
          tunnel_command: ["ssh", "-R", "80:{host}:{port}", "nokey@localhost.run"],
        },
      },
    });
});

test("the state is live: opened, tested by hand, lost, opened anew", async ({ page }) => {
  const { last_test: tested } = TUNNEL_UP;
  stub.answer({
    "GET /settings": cloudflared,
    "GET /tunnel": TUNNEL_OPENING,
    "POST /tunnel/test": tested,
    "POST /tunnel/restart": TUNNEL_OPENING,
  });
  await open(page);
  const status = panel(page).getByRole("status").first();
  await expect(status).toHaveText("Being opened");
  await expect(panel(page).getByText("Follow Up Boss cannot reach this gateway")).toBeVisible();
  stub.answer({ "GET /tunnel": TUNNEL_UP });
  await expect(status).toHaveText("Connected");
  await panel(page).getByRole("button", { name: "Test the address now" }).click();
  await expect(panel(page).getByText("leads to this gateway.")).toBeVisible();
  stub.answer({ "GET /tunnel": tunnelWaiting(new Date(Date.now() + 90_000).toISOString()) });
  await expect(status).toHaveText("Not connected");
  await expect(panel(page).getByText("The token was refused")).toBeVisible();
  await expect(panel(page).getByText(/Tried 3 times; the next try is in/)).toBeVisible();
  await panel(page).getByRole("button", { name: "Open the tunnel anew" }).click();
  await expect
    .poll(() => stub.changes.map(({ what }) => what))
    .toEqual(["POST /tunnel/test", "POST /tunnel/restart"]);
});

test("apps that still open an earlier address are told loudly, with the new addresses to copy", async ({
  page,
}) => {
  stub.answer({
    "GET /settings": cloudflared,
    "GET /tunnel": TUNNEL_MOVED,
    "POST /tunnel/embeds-changed": TUNNEL_UP,
  });
  await open(page);
  await expect(panel(page).getByText(`Apps in Follow Up Boss still open ${OLD}`)).toBeVisible();
  await expect(panel(page).getByText(cloudflared.embed_urls["fub-test"].campaign)).toBeVisible();
  stub.answer({ "GET /tunnel": TUNNEL_UP });
  await panel(page).getByRole("button", { name: "They are changed" }).click();
  await expect(panel(page).getByText("Apps in Follow Up Boss still open")).toHaveCount(0);
});

const LOOKS = [
  ["up", TUNNEL_UP, "Connected"],
  ["moved", TUNNEL_MOVED, "They are changed"],
  ["waiting", tunnelWaiting(new Date(Date.now() + 200_000).toISOString()), "Not connected"],
] as const;
for (const [name, view, words] of LOOKS)
  test(`a tunnel that is ${name} looks right in both schemes and at every width`, async ({
    page,
  }, testInfo) => {
    stub.answer({ "GET /settings": cloudflared, "GET /tunnel": view });
    const complaints = complaintsOf(page);
    await open(page);
    await expect(panel(page).getByText(words).first()).toBeVisible();
    await lookThrough(page, `tunnel-${name}`, (file) => testInfo.outputPath(file));
    expect(complaints).toEqual([]);
  });
