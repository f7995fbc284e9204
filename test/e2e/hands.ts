// How a person works a page: with the mouse, or with the keyboard alone. A journey is written once for both.
import { expect, type Locator, type Page } from "@playwright/test";

export interface Hands {
  /** Activates a button, link, tick box or radio. */
  press(what: Locator): Promise<void>;
  /** Chooses one of a group of radios. */
  choose(radio: Locator, group: Locator): Promise<void>;
  /** Replaces the text of a field. */
  type(field: Locator, text: string): Promise<void>;
}

export const HANDS = ["mouse", "keyboard"] as const;

export function handsOf(kind: (typeof HANDS)[number], page: Page): Hands {
  return kind === "mouse" ? mouse() : keyboard(page);
}

function mouse(): Hands {
  return {
    press: (what) => what.click(),
    choose: (radio) => radio.check(),
    type: (field, text) => field.fill(text),
  };
}

/** More stops than any screen of the console has. */
const MOST_STOPS = 250;

function keyboard(page: Page): Hands {
  const reach = async (what: Locator): Promise<void> => {
    await expect(what).toBeVisible();
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if (await what.evaluate((node) => node === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`The keyboard does not reach ${what}.`);
  };
  return {
    press: async (what) => {
      await reach(what);
      const box = await what.evaluate((node) => node instanceof HTMLInputElement);
      await page.keyboard.press(box ? "Space" : "Enter");
    },
    // Tab reaches the chosen one of a group; arrows go on from there.
    choose: async (radio, group) => {
      await reach(group.getByRole("radio", { checked: true }));
      for (let steps = 0; steps < MOST_STOPS && !(await radio.isChecked()); steps += 1)
        await page.keyboard.press("ArrowDown");
    },
    type: async (field, text) => {
      await reach(field);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(text);
    },
  };
}
