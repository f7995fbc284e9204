// The page where the app cannot work: what happened, what to tell the admin word for word, details for support.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { element } from "./build-element.ts";
import { copyButton } from "./copy-text.ts";

type Problem = NonNullable<EmbedModel["problem"]>;

const UNKNOWN_PROBLEM: Problem = {
  title: "This app cannot be shown right now",
  sentence: "The gateway sent a page this app cannot read. Reloading may help.",
  remedy: "The Aventora app in Follow Up Boss opens with a page it cannot read. Please check the gateway.",
  support: {},
};

function supportFold(details: Readonly<Record<string, string>>): HTMLElement | null {
  const rows = Object.entries(details);
  if (rows.length === 0) return null;
  const list = element("dl", {});
  for (const [name, value] of rows) {
    list.append(element("dt", {}, name), element("dd", { dir: "auto" }, value));
  }
  const text = rows.map(([name, value]) => `${name}: ${value}`).join("\n");
  return element(
    "details",
    {},
    element("summary", {}, "Details for support"),
    list,
    copyButton(text, "Copy details"),
  );
}

/** `problem` as the server wrote it; without one, a general sentence. */
export function problemView(problem: Problem | undefined, state: string): HTMLElement {
  const { title, sentence, remedy, support } = problem ?? {
    ...UNKNOWN_PROBLEM,
    support: { "What went wrong": state },
  };
  const words = remedy.replace(/^tell your admin:\s*/i, "");
  return element(
    "section",
    { class: "problem" },
    element("h1", { dir: "auto" }, title),
    element("p", { dir: "auto" }, sentence),
    element("h2", {}, "Tell your admin:"),
    element("blockquote", { dir: "auto" }, words),
    copyButton(words, "Copy for your admin"),
    supportFold(support),
  );
}
