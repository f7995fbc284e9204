// A parameter as it stands in the address, for values whose every byte is signed. Used by the embed pages.

/**
 * The first parameter called `name` in a raw query string (with or without "?"), percent escapes undone and nothing
 * else: a form decoder would turn the "+" of base64 into a space. Undefined when absent or escaped wrongly.
 */
export function rawQueryValue(search: string, name: string): string | undefined {
  const query = search.replace(/^\?/, "").replace(/#.*$/s, "");
  for (const pair of query.split("&")) {
    const split = pair.indexOf("=");
    const key = split === -1 ? pair : pair.slice(0, split);
    if (unescapePercent(key) === name) return unescapePercent(split === -1 ? "" : pair.slice(split + 1));
  }
  return undefined;
}

function unescapePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
