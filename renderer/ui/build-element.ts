// Builds DOM elements from data as text and attributes only, so nothing a contact typed can become markup.
// Every view of both pages is made with it.

export type Child = Node | string | null | undefined | false;
type Listener = (event: Event) => void;
/** Attribute values; `false`, null and undefined leave the attribute out, a function listens (`onclick`). */
export type Attributes = Readonly<Record<string, string | number | boolean | Listener | null | undefined>>;

function setAttribute(node: Element, name: string, value: Attributes[string]): void {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** An HTML element with attributes, listeners (`onclick`) and children; strings become text nodes. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A stroked 24 x 24 drawing from one path; decorative, so hidden from screen readers. */
export function drawing(path: string, className: string): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  for (const [name, value] of [
    ["viewBox", "0 0 24 24"],
    ["class", className],
    ["aria-hidden", "true"],
    ["focusable", "false"],
  ] as const) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS(namespace, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
