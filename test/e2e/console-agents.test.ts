// Agents in a browser, against a stand-in of the admin listener: the identity matrix, one agent, a new one, the import.
import { expect, type Page, test } from "@playwright/test";
import { HEBREW } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";
import { findFaults } from "./find-faults.ts";
import { ASTRAY, MATRIX, SETTINGS_A, SETUP_ANSWERS } from "./setup-samples.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 }, actionTimeout: 10_000 });
test.beforeEach(async () => {
  stub = await startConsoleStub(SETUP_ANSWERS);
});
test.afterEach(() => stub.close());

const open = (page: Page, route: string) => page.goto(`${stub.url}#${route}`);
const bodies = (what: string) =>
  stub.changes.filter((change) => change.what === what).map(({ body }) => body);
const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: new RegExp(name) }) });

test("the matrix says who is who, and in words where calls go astray", async ({ page }) => {
  await open(page, "/agents");
  const ann = rowOf(page, "Ann One");
  for (const text of ["phone", "(416) 555-0111", "Brokerage key, accepted", "Olive Owner, fub-test"]) {
    await expect(ann).toContainText(text);
  }
  await expect(ann.getByRole("link", { name: "to Ann One, from (416) 555-0111" })).toBeVisible();
  const other = rowOf(page, HEBREW);
  await expect(other.getByRole("cell").nth(2)).toContainText("Wrong");
  await expect(page.getByText(ASTRAY)).toBeVisible();
  await expect(page.getByText("Give each agent a phone of their own.")).toBeVisible();
  await expect(page.getByText("Zoe Nine opened the app and worked as the brokerage.")).toBeVisible();
});

test("an agent's phone is typed in any spelling, shown as it will be stored, and flagged when another has it", async ({
  page,
}) => {
  await open(page, "/agents");
  await page.getByRole("button", { name: "Ann One" }).click();
  const side = page.getByRole("dialog");
  const phone = side.getByRole("textbox", { name: "Outreach phone" });
  await phone.fill("416.555.0122");
  await expect(side.getByText(`${HEBREW} has this number too.`)).toBeVisible();
  await phone.fill("555-01");
  await expect(side.getByText("This is not a complete phone number yet.")).toBeVisible();
  await expect(side.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await phone.fill("1 (647) 555-0199");
  await expect(
    side.getByText("Will be stored as +16475550199, which people read as (647) 555-0199."),
  ).toBeVisible();
  await side.getByRole("button", { name: "Enter Own API key" }).click();
  await side.getByLabel("Own API key", { exact: true }).fill("fka_canary_of_ann");
  await side.getByRole("button", { name: "Test connection" }).click();
  await expect(side.getByText(/It is Olive Owner’s key/)).toBeVisible();
  await side.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(bodies("POST /settings")).toEqual([
    {
      revision: "r-1",
      setup: {
        tenants: [
          {
            domain_name: "fub-test",
            users: [{ id: "u1", default_broker_phone: "+16475550199", fub_api_key: "fka_canary_of_ann" }],
          },
        ],
      },
    },
  ]);
  expect(bodies("POST /test-connection")).toMatchObject([
    { user_id: "u1", fub_api_key: "fka_canary_of_ann" },
  ]);
});

test("an agent's own numbers at Twilio and sending address are read as they will be stored", async ({
  page,
}) => {
  await open(page, "/agents/u1?tenant=fub-test");
  const side = page.getByRole("dialog", { name: "Ann One" });
  await expect(side.getByLabel("Own number at Twilio")).toBeHidden();
  await side.getByText("Twilio and e-mail of their own").click();
  // A number at Twilio may be shared: nobody is recognised by it.
  await side.getByLabel("Own number at Twilio").fill("(416) 555-0122");
  await expect(side.getByText("Will be stored as +14165550122")).toBeVisible();
  await expect(side.getByText(/has this number too/)).toHaveCount(0);
  await side.getByLabel("Own WhatsApp sender").fill("+44 20 7946 0958");
  await expect(side.getByText("Read as +442079460958. The gateway checks it when you save.")).toBeVisible();
  await side.getByLabel("Own sending address").fill("ann@");
  await expect(side.getByText("It is not an e-mail address.")).toBeVisible();
  await expect(side.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await side.getByLabel("Own sending address").fill("ann@example.com");
  await side.getByLabel("Caller ID over Twilio").selectOption("twilio_number");
  await expect.poll(() => findFaults(page)).toEqual([]);
  await side.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(bodies("POST /settings")).toMatchObject([
    {
      setup: {
        tenants: [
          {
            users: [
              {
                ...{ id: "u1", twilio_number: "+14165550122", caller_id: "twilio_number" },
                ...{ twilio_whatsapp_number: "+44 20 7946 0958", mail_from: "ann@example.com" },
              },
            ],
          },
        ],
      },
    },
  ]);
});

test("closing an agent with something typed asks first; their latest outreach leads to its story", async ({
  page,
}) => {
  await open(page, "/agents/u1?tenant=fub-test");
  const side = page.getByRole("dialog", { name: "Ann One" });
  await expect(side.getByRole("link", { name: /\(416\) 555/ }).first()).toHaveAttribute(
    "href",
    /#\/outreach\/e\//,
  );
  await side.getByRole("textbox", { name: "Name", exact: true }).fill("Anna One");
  await side.getByRole("button", { name: "Close" }).first().click();
  await page.getByRole("button", { name: "Stay here" }).click();
  await expect(side.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Anna One");
  await side.getByRole("button", { name: "Close" }).first().click();
  await page.getByRole("button", { name: "Leave without saving" }).click();
  await expect(side).toBeHidden();
});

test("a new agent needs an id of their own", async ({ page }) => {
  await open(page, "/agents");
  await page.getByRole("button", { name: "Add an agent" }).click();
  const side = page.getByRole("dialog");
  const id = side.getByRole("textbox", { name: "Agent ID" });
  const add = side.getByRole("button", { name: "Add the agent" });
  await add.click();
  await expect(side.getByText("Enter an agent ID.")).toBeVisible();
  await id.fill("u1");
  await expect(side.getByText("There is an agent with this ID already.")).toBeVisible();
  await id.fill("u 3");
  await expect(side.getByText("Letters, digits, dot, hyphen")).toBeVisible();
  await id.fill("u3");
  await side.getByRole("textbox", { name: "Name", exact: true }).fill("Carl Three");
  await add.click();
  await expect(page.getByText("Carl Three was added.")).toBeVisible();
  await expect(side).toBeHidden();
  expect(bodies("POST /settings")).toEqual([
    {
      revision: "r-1",
      setup: { tenants: [{ domain_name: "fub-test", users: [{ id: "u3", name: "Carl Three" }] }] },
    },
  ]);
});

test("people of the Follow Up Boss account are taken over by ticking; who is one already cannot be", async ({
  page,
}) => {
  await open(page, "/agents");
  await page.getByRole("button", { name: "Import from Follow Up Boss" }).click();
  const side = page.getByRole("dialog");
  await expect(side.getByRole("checkbox", { name: "Take over Ann One" })).toBeDisabled();
  await expect(side.getByText("is the agent Ann One already, by phone")).toBeVisible();
  await expect(side.getByText("Carl Three has this number too.")).toBeVisible();
  await side.getByRole("checkbox", { name: "Take over Carl Three" }).check();
  await side.getByRole("button", { name: "Add 1 agent" }).click();
  await expect(page.getByText("1 agent was added.")).toBeVisible();
  expect(bodies("POST /settings")).toMatchObject([
    {
      setup: {
        tenants: [
          {
            domain_name: "fub-test",
            users: [
              { id: "p3", name: "Carl Three", email: "3@example.com", default_broker_phone: "+14165550133" },
            ],
          },
        ],
      },
    },
  ]);
});

test("removing an agent can be undone", async ({ page }) => {
  stub.answer({
    "DELETE /tenants/:slug/users/:id": {
      revision: "r-2",
      undo: { token: "t-2", until: new Date(Date.now() + 60_000).toISOString() },
      said: [],
    },
    "POST /undo/:token": { revision: "r-3", sentence: "Ann One is back." },
  });
  await open(page, "/agents/u1?tenant=fub-test");
  await page.getByRole("button", { name: "Remove this agent" }).click();
  await page.getByRole("button", { name: "Remove Ann One" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  expect(stub.changes.map(({ what }) => what)).toEqual([
    "DELETE /tenants/fub-test/users/u1",
    "POST /undo/t-2",
  ]);
});

test("without agents and without a brokerage the room says what comes first", async ({ page }) => {
  const [tenant] = SETTINGS_A.tenants;
  stub.answer({ "GET /settings": { ...SETTINGS_A, tenants: [{ ...tenant, users: [] }] } });
  await open(page, "/agents");
  await expect(page.getByText("No agents yet")).toBeVisible();
  stub.answer({ "GET /settings": { ...SETTINGS_A, tenants: [] } });
  await page.reload();
  await page.getByRole("link", { name: "Set up a brokerage" }).click();
  await expect(page.getByRole("heading", { name: "Set up a brokerage" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing for axe to find and nothing cut off in ${colorScheme}`, async ({ page }, testInfo) => {
    await page.emulateMedia({ colorScheme });
    for (const [name, route, sign] of [
      ["matrix", "/agents", ASTRAY],
      ["agent", "/agents/u1?tenant=fub-test", "Latest outreach"],
      ["import", "/agents/+import?tenant=fub-test", "Carl Three has this number too."],
    ] as const) {
      await open(page, route);
      await expect(page.getByText(sign).last()).toBeVisible();
      for (const width of [1280, 640, 350]) {
        await page.setViewportSize({ width, height: 900 });
        expect(
          await findFaults(page, colorScheme === "light" ? "all" : "colours"),
          `${name} at ${width} px`,
        ).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.screenshot({ path: testInfo.outputPath(`${name}-${width}.png`) });
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    }
  });
}

test("five hundred agents are shown a hundred at a time and found by name", async ({ page }) => {
  const [row] = MATRIX.rows;
  const rows = Array.from({ length: 500 }, (_, index) => ({
    ...row,
    user_id: `a${index}`,
    name: `Agent ${index}`,
  }));
  stub.answer({ "GET /tenants/:slug/identity": { ...MATRIX, rows } });
  await open(page, "/agents");
  await expect(page.getByRole("rowheader")).toHaveCount(100);
  await page.getByRole("button", { name: "Show 100 more" }).click();
  await expect(page.getByRole("rowheader")).toHaveCount(200);
  await page.getByRole("searchbox", { name: "Find an agent" }).fill("agent 499");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
});
