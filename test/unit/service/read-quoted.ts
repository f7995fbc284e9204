// Readers of the texts the service builders write, made from the systems' own descriptions and not from the builders.

/** A list of words as systemd reads them: quotes, C escapes, specifiers (systemd.syntax(7), systemd.unit(5)). */
export function readUnitWords(text: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    while (text[at] === " ") at++;
    if (at >= text.length) break;
    let [word, quote] = ["", ""];
    for (; at < text.length && (quote !== "" || text[at] !== " "); at++) {
      const sign = text[at] ?? "";
      if (sign === "\\") word += text[++at] ?? "";
      else if (quote === "" && (sign === '"' || sign === "'")) quote = sign;
      else if (sign === quote) quote = "";
      else word += sign;
    }
    words.push(readUnitText(word));
  }
  return words;
}

/** A plain value: only the doubled percent sign is special. A single one would be a specifier of systemd's. */
export function readUnitText(text: string): string {
  if (/(?<!%)(?:%%)*%(?!%)/.test(text)) throw new Error(`a specifier in ${text}`);
  return text.replaceAll("%%", "%");
}

/** Windows' CommandLineToArgvW, for what comes after the program. */
export function readWindowsArguments(line: string): string[] {
  const words: string[] = [];
  let [word, quoted, begun] = ["", false, false];
  for (let at = 0; at < line.length; at++) {
    const slashes = /^\\+/.exec(line.slice(at))?.[0].length ?? 0;
    const next = line[at + slashes];
    if (slashes > 0 && next === '"') {
      word += "\\".repeat(Math.floor(slashes / 2)) + (slashes % 2 === 1 ? '"' : "");
      at += slashes - (slashes % 2 === 1 ? 0 : 1);
      begun = true;
      continue;
    }
    const sign = line[at] ?? "";
    if (sign === '"') [quoted, begun] = [!quoted, true];
    else if (/\s/.test(sign) && !quoted) {
      if (begun) words.push(word);
      [word, begun] = ["", false];
    } else [word, begun] = [word + sign, true];
  }
  return begun ? [...words, word] : words;
}

/** The text of a single-quoted PowerShell literal; throws where it ends early. */
export function readPowerShellText(literal: string): string {
  const inner = /^'(.*)'$/su.exec(literal)?.[1];
  if (inner === undefined) throw new Error(`no literal: ${literal}`);
  const left = inner.replace(/(['‘’‚‛])\1/gu, "");
  if (/['‘’‚‛]/u.test(left)) throw new Error(`ends early: ${literal}`);
  return inner.replace(/(['‘’‚‛])\1/gu, "$1");
}

type PlistValue = string | number | boolean | PlistValue[] | { [key: string]: PlistValue };

/** A property list of the elements launchd needs; throws on anything else. */
export function readPlist(xml: string): PlistValue {
  const body = xml.replace(/^<\?xml.*\?>\n(?:<!--.*-->\n)?<!DOCTYPE plist PUBLIC [^>]*>\n/, "");
  const tokens = [...body.matchAll(/<(\/?)(\w+)([^>]*?)(\/?)>|([^<]+)/g)]
    .map(([all, close, name, , empty, text]) => ({ all, close, name, empty, text }))
    .filter(({ text }) => text === undefined || text.trim() !== "");
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(body)) throw new Error("a bare ampersand");
  let at = 0;
  const take = (): (typeof tokens)[number] => {
    const token = tokens[at++];
    if (!token) throw new Error("it ends too early");
    return token;
  };
  const expect = (all: string): void => {
    const found = take().all;
    if (found !== all) throw new Error(`${found} instead of ${all}`);
  };
  const text = (name: string): string => {
    const said = tokens[at]?.text === undefined ? "" : (take().text ?? "");
    expect(`</${name}>`);
    const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
    return said.replace(/&(\w+);/g, (_, entity: string) => signs[entity] ?? "");
  };
  const value = (): PlistValue => {
    const { name = "", empty } = take();
    if (empty === "/" && (name === "true" || name === "false")) return name === "true";
    if (name === "string") return text(name);
    if (name === "integer") return Number(text(name));
    if (name === "array") {
      const items: PlistValue[] = [];
      while (tokens[at]?.all !== "</array>") items.push(value());
      expect("</array>");
      return items;
    }
    if (name !== "dict") throw new Error(`unknown element ${name}`);
    const entries: [string, PlistValue][] = [];
    while (tokens[at]?.all !== "</dict>") {
      expect("<key>");
      entries.push([text("key"), value()]);
    }
    expect("</dict>");
    return Object.fromEntries(entries);
  };
  expect('<plist version="1.0">');
  const read = value();
  expect("</plist>");
  if (at !== tokens.length) throw new Error("it goes on after its end");
  return read;
}
