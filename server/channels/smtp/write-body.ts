// What an e-mail says, as plain text and as simple HTML of the same text. Pure; used by write-mail.

export interface Footer {
  readonly brokerage: string;
  readonly agent: string | null;
  /** Asked for by CAN-SPAM and CASL; left out while the brokerage has set none. */
  readonly postalAddress: string;
  readonly unsubscribeUrl: string | null;
}

export interface Opening {
  readonly firstName: string | null;
  readonly instruction: string;
  readonly agent: string | null;
  readonly brokerage: string;
}

const STANDARD = "There is news about your search. Reply to this e-mail to hear more.";

/** The first e-mail of an outreach, without the footer. */
export function writeOpening({ firstName, instruction, agent, brokerage }: Opening): string {
  const about = cleanText(instruction) || STANDARD;
  const signature = [agent, brokerage].filter(Boolean).join("\n");
  return `Hello ${firstName ?? "there"},\n\n${about}\n\n${signature}`;
}

/** Line breaks as \n, no other control characters, no blanks around. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/(?![\n\t])\p{Cc}/gu, "")
    .trim();

/** Below the mark by which mail programs know a signature, so that replies do not carry it along. */
export function addFooter(said: string, footer: Footer): string {
  return `${said}\n\n-- \n${footerLines(footer).join("\n")}\n`;
}

function footerLines({ brokerage, agent, postalAddress, unsubscribeUrl }: Footer): string[] {
  const who = [brokerage, agent].filter(Boolean).join(" · ");
  const way =
    unsubscribeUrl === null
      ? "To get no more e-mail from us, reply with the word unsubscribe."
      : `To get no more e-mail from us, unsubscribe here: ${unsubscribeUrl}`;
  return [who, cleanText(postalAddress), way].filter((line) => line !== "");
}

/** A complete HTML document. */
export function writeHtml(said: string, footer: Footer, title: string): string {
  const paragraphs = said.split(/\n{2,}/).map((paragraph) => `<p>${htmlLines(paragraph)}</p>`);
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
${paragraphs.join("\n")}
${htmlFooter(footer)}
</body>
</html>
`;
}

/** HTML that is somebody else's, whole or a piece, with the footer at the end of its body. */
export function addHtmlFooter(html: string, footer: Footer): string {
  const end = html.search(/<\/body\s*>(?![\s\S]*<\/body\s*>)/i);
  const at = end === -1 ? html.length : end;
  return `${html.slice(0, at)}\n${htmlFooter(footer)}\n${html.slice(at)}`;
}

function htmlFooter(footer: Footer): string {
  const small = footerLines(footer).map(htmlLines).join("<br>\n");
  return `<p style="border-top:1px solid #ccc;padding-top:8px;color:#666;font-size:12px">${small}</p>`;
}

const htmlLines = (text: string): string => linkUp(text).replaceAll("\n", "<br>\n");

// Not a full stop or bracket at the end: that belongs to the sentence around it.
const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

function linkUp(text: string): string {
  let end = 0;
  let html = "";
  for (const match of text.matchAll(ADDRESS)) {
    const address = escapeHtml(match[0]);
    html += `${escapeHtml(text.slice(end, match.index))}<a href="${address}">${address}</a>`;
    end = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(end));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
