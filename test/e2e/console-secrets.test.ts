// No secret that was typed into the console comes out again: canaries go into every secret field of the real console at a
// running gateway; afterwards they are in no page, no answer, no address and nothing a script could read.
import { expect, type Page, test } from "@playwright/test";
import { PLATFORM_SECRETS, TENANT_SECRETS, USER_SECRETS } from "../../shared/settings.schema.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const SCREENS = [
  "/",
  "/setup",
  "/setup/fub-test",
  "/agents",
  "/agents/fub-test",
  "/agents/u1?tenant=fub-test",
  "/outreach",
  "/outreach/conversations",
  "/outreach/ledger",
  "/journal",
  "/webhooks",
  "/webhooks/slots",
  "/webhooks/rejected",
  "/webhooks/secrets",
  "/webhooks/forwarding",
  "/settings",
  "/settings/channels",
  "/settings/contact-rules",
  "/settings/do-not-contact",
  "/settings/outcomes",
  "/settings/platform",
  "/settings/keys",
  "/settings/support",
  "/settings/help",
  "/settings/about",
] as const;

/** Follow Up Boss itself is not asked with them: the made-up keys are long and have no word of their own. */
const canaries: string[] = [];
function canary(name: string): string {
  const made = `qzx${Buffer.from(`${canaries.length}/${name}`).toString("hex")}xzq`;
  canaries.push(made);
  return made;
}

/** Everything that came out, by where. */
const heard = new Map<string, string>();
/** Canaries that were found, with where. */
const leaks = (): string[] =>
  [...heard].flatMap(([where, text]) =>
    canaries
      .filter((made) => text.includes(made))
      .map((made) => `${Buffer.from(made.slice(3, -3), "hex")} in ${where}`),
  );

let at: TestWorld;
test.beforeAll(async () => {
  at = await startTestWorld();
});
test.afterAll(() => at.close());

function listen(page: Page): () => Promise<unknown> {
  const bodies: Promise<void>[] = [];
  page.on("request", (request) => heard.set(`address #${heard.size}`, request.url()));
  page.on("console", (message) => heard.set(`console #${heard.size}`, message.text()));
  page.on("response", (response) => {
    if (!response.url().includes("/api/") || response.url().endsWith("/api/stream")) return;
    const where = `${response.request().method()} ${response.url()} #${heard.size}`;
    heard.set(where, JSON.stringify(response.headers()));
    bodies.push(
      response.text().then(
        (text) => void heard.set(`${where} body`, text),
        () => undefined,
      ),
    );
  });
  return () => Promise.all(bodies);
}

/** Types a canary into each secret field in sight. Returns the names of the fields. */
async function typeCanaries(page: Page): Promise<string[]> {
  const names: string[] = [];
  const buttons = page
    .getByRole("main")
    .or(page.getByRole("dialog"))
    .getByRole("button", { name: /^(Enter|Replace) / });
  for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
    const button = buttons.first();
    const name = (await button.innerText()).replace(/^(Enter|Replace)\s+/, "");
    names.push(name);
    await button.click();
    await page.keyboard.type(canary(name));
    await expect(buttons).toHaveCount(left - 1);
  }
  return names;
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
}

/** All a page or a script in it could be asked for. */
async function readAll(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    values: [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")].map(
      ({ value }) => value,
    ),
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    cookie: document.cookie,
    address: location.href,
    history: JSON.stringify(history.state),
    name: window.name,
  }));
  heard.set(`screen ${where}`, JSON.stringify(found));
}

test("canaries in every secret field are nowhere to be found afterwards", async ({ page }) => {
  test.setTimeout(300_000);
  page.setDefaultTimeout(8_000);
  const settled = listen(page);
  await page.goto(`${at.adminUrl}/?token=${at.adminToken}`);
  const go = async (route: string): Promise<void> => {
    await page.goto(`${at.adminUrl}/#${route}`);
    await expect(page.getByRole("main")).toBeVisible();
  };

  await go("/settings/platform");
  await expect(page.getByLabel("Public address")).toBeVisible();
  const ofPlatform = await typeCanaries(page);
  for (const way of ["ngrok", "Cloudflare Tunnel"]) {
    await page.getByRole("radio", { name: way }).check();
    ofPlatform.push(...(await typeCanaries(page)));
  }
  await page.getByRole("radio", { name: "Own address" }).check();
  expect(ofPlatform).toHaveLength(Object.keys(PLATFORM_SECRETS).length);
  // A save that is refused must not tell them either.
  const address = page.getByLabel("Public address");
  const before = await address.inputValue();
  await address.fill("http://not-secret.example");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Nothing was saved.")).toBeVisible();
  await address.fill(before);
  await save(page);

  await go("/settings?tenant=fub-test");
  await expect(page.getByLabel("Tag that starts an outreach")).toBeVisible();
  const ofBrokerage = await typeCanaries(page);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("button", { name: "Test again" })).toBeVisible({ timeout: 30_000 });
  await save(page);

  await go("/settings/channels?tenant=fub-test");
  for (const carrier of ["Twilio", "E-mail", "Automated answers"])
    await page.getByRole("button", { name: `Set up ${carrier}` }).click();
  await page.getByLabel("IMAP server").fill("imap.example.com");
  const ofChannels = await typeCanaries(page);
  expect(new Set([...ofBrokerage, ...ofChannels]).size).toBe(Object.keys(TENANT_SECRETS).length);
  await save(page);

  await go("/agents/u1?tenant=fub-test");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await typeCanaries(page)).toHaveLength(Object.keys(USER_SECRETS).length);
  await save(page);

  const total = [PLATFORM_SECRETS, TENANT_SECRETS, USER_SECRETS].flatMap((names) =>
    Object.keys(names),
  ).length;
  expect(canaries).toHaveLength(total);
  await page.reload();
  for (const screen of SCREENS) {
    await go(screen);
    await page.waitForTimeout(700);
    await readAll(page, screen);
  }
  const bundle = await page.evaluate(async () => (await fetch("/api/support-bundle")).text());
  heard.set("bundle", bundle);
  await settled();
  expect(heard.size).toBeGreaterThan(60);
  expect(bundle.length).toBeGreaterThan(500);
  expect(leaks()).toEqual([]);
});

test("they were saved: the gateway knows of each that it is set, and how it ends", async ({ page }) => {
  await page.goto(`${at.adminUrl}/?token=${at.adminToken}`);
  await page.goto(`${at.adminUrl}/#/settings/keys`);
  for (const name of ["fub-test: Brokerage API key", "fub-test, u1: Own API key", "Rollout client secret"])
    await expect(page.getByRole("row", { name })).toContainText("ends …zq");
});

test("the search itself finds a secret where there is one", () => {
  const made = canary("planted");
  heard.set("planted", `<p>${made}</p>`);
  expect(leaks()).toEqual([`${canaries.length - 1}/planted in planted`]);
});
