// Track B by somebody who has never seen it: two agents with a Follow Up Boss of their own each, from an empty folder to
// calls that stand in each one's own account, proven on the screen; with the mouse, then with the keyboard alone.
import { expect, type Page, test } from "@playwright/test";
import { HANDS, handsOf } from "./hands.ts";
import { setupSteps } from "./setup-steps.ts";
import { type Journey, startJourney } from "./start-journey.ts";

test.describe.configure({ mode: "serial", timeout: 240_000 });
test.use({ viewport: { width: 1360, height: 900 }, actionTimeout: 15_000 });

let journey: Journey;
test.beforeEach(async () => {
  journey = await startJourney();
});
test.afterEach(() => journey.close());

const AGENTS = [
  { id: "cara", name: "Cara Chen", phone: "(416) 555-0133", e164: "+14165550133", domain: "solo-cara" },
  { id: "dev", name: "Dev Patel", phone: "647.555.0144", e164: "+16475550144", domain: "solo-dev" },
] as const;

for (const kind of HANDS) {
  test(`agents with a Follow Up Boss each are set up with the ${kind} until their calls are proven`, async ({
    page,
    context,
  }) => {
    const hands = handsOf(kind, page);
    const steps = setupSteps(page, hands, kind === "mouse" ? "journey-b" : null);
    await page.goto(journey.admin);
    await steps.begin("Track B: a Follow Up Boss for each agent", "fub-solo");
    await steps.platform(journey.publicUrl);
    const addresses = await steps.open("Give the agents the addresses that name the brokerage");
    for (const app of ["embed", "campaign"]) {
      const address = `${journey.publicUrl}/integration/followupboss/${app}?domain_name=fub-solo`;
      await expect(addresses.getByText(address)).toBeVisible();
    }
    await steps.picture("addresses");

    const campaigns = await steps.open("Enter the call-management key, which campaigns need");
    await steps.secret(campaigns, "Call-management key", "avt_0123456789abcdef0123456789");
    await steps.save();

    for (const agent of AGENTS) {
      const { ownerKey, embedSecret, campaignSecret } = journey.world.keys[agent.id];
      await hands.press(page.getByRole("button", { name: "Add an agent" }));
      const side = page.getByRole("dialog");
      await hands.type(side.getByRole("textbox", { name: "Agent ID" }), agent.id);
      await hands.type(side.getByRole("textbox", { name: "Name", exact: true }), agent.name);
      await hands.type(side.getByRole("textbox", { name: "Outreach phone" }), agent.phone);
      await expect(side.getByText(`Will be stored as ${agent.e164}`)).toBeVisible();
      if (agent.id === "cara") await steps.picture("agent");
      await hands.press(side.getByRole("button", { name: "Add the agent" }));
      await expect(side).toBeHidden();

      const connect = await steps.open("Connect their own Follow Up Boss", agent.name);
      await steps.secret(connect, "Own API key", ownerKey);
      await hands.press(connect.getByRole("button", { name: "Test connection" }));
      await expect(
        connect.getByText(`It is ${agent.name}’s key, of the account ${agent.name} Homes`),
      ).toBeVisible();
      await steps.save();
      await hands.press(connect.getByRole("button", { name: /^Test (connection|again)$/ }));
      await expect(connect.getByText(/With the saved key/)).toBeVisible();
      const install = await steps.open("Install both apps in their own Follow Up Boss", agent.name);
      await steps.secret(install, "Own secret of the app Aventora", embedSecret);
      await steps.secret(install, "Own secret of the app Aventora Campaign", campaignSecret);
      await steps.save();
      if (agent.id === "cara") await steps.picture("apps");
    }

    const crm = await context.newPage();
    for (const agent of AGENTS) await callAs(crm, agent);
    await page.bringToFront();
    const checks = [
      "The apps are in their own Follow Up Boss",
      "Their own key is entered and works",
      "A test call shows their number",
      "Activity goes to their own Follow Up Boss only",
      "They do not see other agents' contacts",
    ];
    for (const agent of AGENTS) {
      for (const check of checks) {
        const cell = await steps.cell(check, agent.name);
        await expect(cell.getByText("Proven", { exact: true }), `${check}, ${agent.name}`).toBeVisible({
          timeout: 30_000,
        });
      }
    }
    await (await steps.cell("They do not see other agents' contacts", "Dev Patel")).scrollIntoViewIfNeeded();
    await steps.picture("proven");
    await hands.press(page.getByRole("link", { name: "Agents", exact: true }));
    const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /Cara Chen/ }) });
    await expect(row.getByText("Own key, accepted")).toBeVisible();
    await expect(row.getByRole("cell").nth(2).getByText("(416) 555-0133")).toHaveCount(2);
    await steps.picture("agents");
  });
}

/** As Follow Up Boss shows both apps to an agent in their own account: the campaign app opened, a person called. */
async function callAs(crm: Page, agent: (typeof AGENTS)[number]): Promise<void> {
  await crm.goto(`${journey.crm}/crm/${agent.domain}/campaign?as=1`);
  const app = crm.frameLocator("iframe").first();
  await expect(app.locator("body")).toContainText(`as ${agent.name}`, { timeout: 15_000 });
  await crm.goto(`${journey.crm}/?domain=${agent.domain}&as=1`);
  await crm.getByRole("link", { name: /Avery/ }).click();
  await expect(app.getByText(`as ${agent.name}, matched by phone`)).toBeVisible();
  await app.getByRole("button", { name: /^Call Avery from/ }).click();
  await expect(crm.locator("#timeline").getByText(`by ${agent.name}`)).toBeVisible({ timeout: 60_000 });
}
