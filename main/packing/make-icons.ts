// Draws the desktop app's icons from the console's own mark and puts them beside the shell. Run by hand when the mark
// changes, where a Chromium is: `node main/packing/make-icons.ts <chromium>`.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";
import { icnsFile, icoFile, type Picture } from "./icon-files.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const INTO = join(ROOT, "main", "desktop", "build");
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_MOST = 256;

const [executablePath] = process.argv.slice(2);
const pictures = await drawAll(readFileSync(join(ROOT, "renderer", "admin", "icon.svg"), "utf8"));
writeFileSync(join(INTO, "icon.ico"), icoFile(pictures.filter(({ size }) => size <= ICO_MOST)));
writeFileSync(join(INTO, "icon.icns"), icnsFile(pictures));
for (const { png } of pictures.filter(({ size }) => size === 512)) writeFileSync(join(INTO, "icon.png"), png);
process.stdout.write("The icons are drawn anew; look at main/desktop/build/icon.png.\n");

async function drawAll(mark: string): Promise<Picture[]> {
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  const page = await browser.newPage();
  const drawn: Picture[] = [];
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(pictureOf(mark, size));
    drawn.push({ size, png: await page.screenshot({ omitBackground: true }) });
  }
  await browser.close();
  return drawn;
}

/** The mark in white on the product's blue, with the margin that icons have among others; none where pixels are few. */
function pictureOf(mark: string, size: number): string {
  const margin = size < 48 ? 0 : 0.08;
  const white = mark.replace(/stroke="[^"]*"/, 'stroke="#fff"');
  return `<style>
    body { margin: 0; width: ${size}px; height: ${size}px; display: grid; place-items: center }
    div { width: ${100 - 200 * margin}%; height: ${100 - 200 * margin}%; border-radius: 22%; display: grid;
      place-items: center; background: linear-gradient(#2b73d6, #174e9f) }
    svg { width: 70%; height: 70% }
  </style><div>${white}</div>`;
}
