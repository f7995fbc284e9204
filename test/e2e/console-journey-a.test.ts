// Track A by somebody who has never seen it: from an empty folder to a call that stands in Follow Up Boss and is seen as
// proven on the screen, with nothing but what is visible; once with the mouse, once with the keyboard alone.
import { expect, type Page, test } from "@playwright/test";
import { HANDS, handsOf } from "./hands.ts";
import { setupSteps } from "./setup-steps.ts";
import { type Journey, startJourney } from "./start-journey.ts";

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.use({ viewport: { width: 1360, height: 900 }, actionTimeout: 15_000 });

let journey: Journey;
test.beforeEach(async () => {
  journey = await startJourney();
});
test.afterEach(() => journey.close());

for (const kind of HANDS) {
  test(`a brokerage with one Follow Up Boss is set up with the ${kind} until a call is proven`, async ({
    page,
    context,
  }) => {
    const hands = handsOf(kind, page);
    const steps = setupSteps(page, hands, kind === "mouse" ? "journey-a" : null);
    const { keys } = journey.world;
    await page.goto(journey.admin);
    await steps.begin("Track A: one shared Follow Up Boss", "fub-test");
    await steps.platform(journey.publicUrl);

    const switchOn = await steps.open("Switch Follow Up Boss on and test the connection");
    await steps.secret(switchOn, "Brokerage API key", keys.fubTest.ownerKey);
    await hands.press(switchOn.getByRole("button", { name: "Test connection" }));
    await expect(
      switchOn.getByText(/It is Olive Owner’s key, of the account Maple Street Realty/),
    ).toBeVisible();
    await expect(switchOn.getByText(/They own the account/)).toBeVisible();
    await steps.picture("connection");
    await steps.save();
    await hands.press(switchOn.getByRole("button", { name: /^Test (connection|again)$/ }));
    await expect(switchOn.getByText(/With the saved key/)).toBeVisible();
    await expect(switchOn.getByText("Proven", { exact: true }).first()).toBeVisible();

    const single = await steps.open("Register the app for one contact");
    await expect(single.getByText(`${journey.publicUrl}/integration/followupboss/embed`)).toBeVisible();
    await steps.secret(single, "Secret of the app Aventora", keys.fubTest.embedSecret);
    const campaign = await steps.open("Register the campaign app");
    await steps.secret(campaign, "Secret of the app Aventora Campaign", keys.fubTest.campaignSecret);
    await steps.picture("apps");
    const campaigns = await steps.open("Enter the call-management key, which campaigns need");
    await steps.secret(campaigns, "Call-management key", "avt_0123456789abcdef0123456789");
    await steps.save();

    await hands.press(page.getByRole("button", { name: "Import from Follow Up Boss" }));
    const side = page.getByRole("dialog");
    for (const name of ["Ann One", "Ben Two"]) {
      await hands.press(side.getByRole("checkbox", { name: `Take over ${name}` }));
    }
    await steps.picture("import");
    await hands.press(side.getByRole("button", { name: "Add 2 agents" }));
    await expect(side).toBeHidden();
    const phone = await steps.open("Set their outreach phone", "Ann One");
    await expect(phone.getByRole("textbox", { name: "Outreach phone" })).toHaveValue("+14165550111");
    await expect(phone.getByText("Proven", { exact: true }).first()).toBeVisible();

    await callAsAnn(await context.newPage());
    await page.bringToFront();
    for (const check of [
      "Opens Aventora on a test contact",
      "A test call shows their number",
      "The activity stands on the person",
    ]) {
      const cell = await steps.cell(check, "Ann One");
      await expect(cell.getByText("Proven", { exact: true })).toBeVisible({ timeout: 30_000 });
    }
    const written = await steps.cell("The activity stands on the person", "Ann One");
    await written.scrollIntoViewIfNeeded();
    await steps.picture("proven");
    await hands.press(written.getByRole("link", { name: "See the story" }));
    await expect(page.getByText(/Follow Up Boss/).first()).toBeVisible();
    await expect(page.getByRole("dialog")).toContainText("Nivia");
    await steps.picture("story");
  });
}

/** As Follow Up Boss shows the app to Ann beside a person. */
async function callAsAnn(crm: Page): Promise<void> {
  await crm.goto(`${journey.crm}/?domain=fub-test&as=2`);
  await crm.getByRole("link", { name: /Nivia/ }).first().click();
  const app = crm.frameLocator("iframe").first();
  await expect(app.getByText("as Ann One, matched by phone")).toBeVisible();
  await app.getByRole("button", { name: "Call Nivia from (416) 555-0111" }).click();
  await expect(crm.locator("#timeline").getByText("by Ann One")).toBeVisible({ timeout: 60_000 });
}
