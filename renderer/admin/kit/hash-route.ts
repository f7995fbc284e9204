// Where the console is, kept in the hash: "#/journal?severity=error". Nothing of it is ever sent to the gateway. wouter
// routes by it (app.tsx); rooms read and change the part after "?" with useParams.
import { useCallback, useSyncExternalStore } from "react";
import type { BaseLocationHook, BaseSearchHook } from "wouter";

const read = (): string => location.hash.replace(/^#/, "") || "/";
const split = (route: string): readonly [path: string, search: string] => {
  const at = route.indexOf("?");
  return at === -1 ? [route, ""] : [route.slice(0, at), route.slice(at + 1)];
};

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}

export interface GoOptions {
  /** The place before does not stay in the browser's history. */
  readonly replace?: boolean;
}

/** Goes to a route of the console, "/journal/12?tenant=acme". */
export function goTo(route: string, { replace = false }: GoOptions = {}): void {
  const hash = `#${route.startsWith("/") ? route : `/${route}`}`;
  if (hash === location.hash) return;
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, "", hash);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

const usePath = () => useSyncExternalStore(subscribe, () => split(read())[0]);
export const useHashSearch: BaseSearchHook = () => useSyncExternalStore(subscribe, () => split(read())[1]);
export const useHashPath: BaseLocationHook = Object.assign(() => [usePath(), goTo] as [string, typeof goTo], {
  hrefs: (href: string) => `#${href}`,
});

/** The query of the present route with its "?"; lists keep their filters while one thing of them is open. */
export const keptQuery = (): string => {
  const search = split(read())[1];
  return search === "" ? "" : `?${search}`;
};

export type Params = Readonly<Record<string, string>>;

/** The query of the route and a way to change some of it in place; empty values are taken out. */
export function useParams(): readonly [
  Params,
  (change: Readonly<Record<string, string | null>>, options?: GoOptions) => void,
] {
  const search = useHashSearch();
  const change = useCallback((changes: Readonly<Record<string, string | null>>, options?: GoOptions) => {
    const [path, now] = split(read());
    const next = new URLSearchParams(now);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    const text = next.toString();
    goTo(text === "" ? path : `${path}?${text}`, options ?? { replace: true });
  }, []);
  return [Object.fromEntries(new URLSearchParams(search)), change];
}
