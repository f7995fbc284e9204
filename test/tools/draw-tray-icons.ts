// Draws main/desktop/icons/ from the shape of renderer/admin/icon.svg: node test/tools/draw-tray-icons.ts. The pictures are
// kept, since drawing them takes a browser; run it again when the shape changes.
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";
import { findChromium } from "../e2e/find-chromium.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "main/desktop/icons");
const SHAPE =
  /<path d="([^"]+)"/.exec(readFileSync(join(ROOT, "renderer/admin/icon.svg"), "utf8"))?.[1] ?? "";

const stroke = (colour: string, width: number): string =>
  `<path d="${SHAPE}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const svg = (body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="100%" height="100%">${body}</svg>`;

/** In colour: white on blue, with a mark in the corner. */
const tile = (mark: string): string =>
  svg(
    `<rect width="24" height="24" rx="5.5" fill="#1d5fbf"/><g transform="translate(3.6 3) scale(.7)">${stroke("#fff", 3)}</g>${mark}`,
  );
const badge = (colour: string, sign: string): string =>
  `<circle cx="17.5" cy="17.5" r="6.5" fill="${colour}" stroke="#fff" stroke-width="1.2"/>${sign}`;
const BARS = (colour: string): string =>
  `<path d="M15.9 15v5M19.1 15v5" stroke="${colour}" stroke-width="1.7" stroke-linecap="round"/>`;
const SIGN = (colour: string): string =>
  `<path d="M17.5 14.2v3.6M17.5 20.7v.01" stroke="${colour}" stroke-width="1.9" stroke-linecap="round"/>`;

/** For macOS: shape alone, black on nothing; the mark is cut out beside it. */
const outline = (mark: string): string =>
  svg(
    mark === ""
      ? stroke("#000", 2.4)
      : `<mask id="m"><rect width="24" height="24" fill="#fff"/><circle cx="17.5" cy="17.5" r="7.2" fill="#000"/></mask><g mask="url(#m)">${stroke("#000", 2.4)}</g>${mark}`,
  );

const PICTURES: Readonly<Record<string, readonly [colour: string, template: string]>> = {
  running: [tile(""), outline("")],
  paused: [tile(badge("#b26a00", BARS("#fff"))), outline(BARS("#000"))],
  trouble: [tile(badge("#c62828", SIGN("#fff"))), outline(SIGN("#000"))],
};

const browser = await chromium.launch({
  executablePath: findChromium(process.env).path,
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
const draw = async (picture: string, name: string, size: number): Promise<void> => {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${picture}`);
  await page.screenshot({ path: join(FOLDER, name), omitBackground: true });
};
mkdirSync(FOLDER, { recursive: true });
for (const [name, [colour, template]] of Object.entries(PICTURES)) {
  await draw(colour, `${name}.png`, 32);
  await draw(colour, `${name}@2x.png`, 64);
  await draw(template, `${name}Template.png`, 18);
  await draw(template, `${name}Template@2x.png`, 36);
}
await browser.close();
