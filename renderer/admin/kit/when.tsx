// A time as people say it, "2 min ago", exact on hover and for the ear. All of them move on together.
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { exactTime, relativeTime } from "../../ui/relative-time.ts";
import { KIT } from "../texts/kit.ts";

const NowContext = createContext(0);
const EVERY_MS = 15_000;

export function NowProvider({ children }: { readonly children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}

/** Epoch ms, at most a quarter of a minute old. */
export const useNow = (): number => useContext(NowContext);

/** @param at ISO 8601; null says "never" */
export function When({ at, exact = false }: { readonly at: string | null; readonly exact?: boolean }) {
  const now = useNow();
  if (at === null) return <span className="quiet">{KIT.never}</span>;
  const ms = Date.parse(at);
  if (!Number.isFinite(ms)) return <span>{at}</span>;
  return (
    <time dateTime={at} title={exactTime(ms)} className="when">
      {exact ? exactTime(ms) : relativeTime(ms, now)}
    </time>
  );
}
