// What the journeys do in Setup, by what is to be seen on the screen: roles, labels, words.
import { expect, type Locator, type Page } from "@playwright/test";
import { SANDBOX_SYSTEM } from "../../server/sandbox/fub/create-fub-world.ts";
import type { Hands } from "./hands.ts";

export interface SetupSteps {
  /** From the first page of an empty gateway to the guide. */
  begin(track: string, name: string): Promise<void>;
  /** Opens a step of the guide and gives its part of the screen. */
  open(title: string, agent?: string): Promise<Locator>;
  /** Enters a secret that was not set yet. */
  secret(step: Locator, label: string, text: string): Promise<void>;
  save(): Promise<void>;
  /** System name, system key, public address. */
  platform(publicUrl: string): Promise<void>;
  /** A cell of the verify table. */
  cell(check: string, agent: string): Promise<Locator>;
  picture(name: string): Promise<void>;
}

/** With UPDATE_SCREENSHOTS=1 the README's pictures are taken anew; else they are left beside the results. */
const pictureAt = (name: string) =>
  `${process.env.UPDATE_SCREENSHOTS ? "test/e2e/screenshots" : "test-results"}/${name}.png`;

export function setupSteps(page: Page, hands: Hands, pictures: string | null): SetupSteps {
  const steps: SetupSteps = {
    begin: async (track, name) => {
      await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible();
      await steps.picture("welcome");
      await hands.press(page.getByRole("link", { name: /Set up my brokerage/ }));
      const tracks = page.getByRole("group", { name: "How does your team use Follow Up Boss?" });
      await hands.choose(tracks.getByRole("radio", { name: track }), tracks);
      await hands.type(page.getByRole("textbox", { name: "Name of the brokerage" }), name);
      await steps.picture("track");
      await hands.press(page.getByRole("button", { name: "Create the brokerage" }));
      await expect(page.getByRole("heading", { name: `Set up ${name}` })).toBeVisible();
    },
    open: async (title, agent) => {
      const scope =
        agent === undefined ? page.getByRole("main") : page.getByRole("region", { name: agent, exact: true });
      const line = scope.getByRole("listitem").filter({ has: page.getByRole("button", { name: title }) });
      const button = line.getByRole("button", { name: title });
      if ((await button.getAttribute("aria-expanded")) !== "true") await hands.press(button);
      return line;
    },
    secret: async (step, label, text) => {
      await hands.press(step.getByRole("button", { name: `Enter ${label}`, exact: true }));
      await hands.type(step.getByLabel(label, { exact: true }), text);
    },
    save: async () => {
      await hands.press(page.getByRole("button", { name: "Save", exact: true }));
      await expect(page.getByRole("button", { name: "Save", exact: true })).toBeHidden();
    },
    platform: async (publicUrl) => {
      const system = await steps.open("Register the system and enter its key");
      await hands.type(system.getByRole("textbox", { name: "System name" }), SANDBOX_SYSTEM.name);
      await steps.secret(system, "System key", SANDBOX_SYSTEM.key);
      const address = await steps.open("Give the gateway a public address");
      await hands.type(address.getByRole("textbox", { name: "Public address" }), publicUrl);
      await steps.save();
    },
    cell: async (check, agent) => {
      const table = page.getByRole("table").filter({ has: page.getByRole("rowheader", { name: check }) });
      const heads = await table.getByRole("columnheader").allInnerTexts();
      const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: check }) });
      return row.getByRole("cell").nth(heads.indexOf(agent) - 1);
    },
    picture: async (name) => {
      if (pictures === null) return;
      // Short notices are gone first: a picture shows what stays.
      await expect(page.getByText(/^(Saved\.|.+ (was|were) (added|created)\.)$/)).toHaveCount(0);
      await page.screenshot({ path: pictureAt(`${pictures}-${name}`) });
    },
  };
  return steps;
}
