// The parts of the route after the room's name, decoded: "/agents/u%401" → ["u@1"].
import { useMemo } from "react";
import { useLocation } from "wouter";

export function useRest(): readonly string[] {
  const [path] = useLocation();
  return useMemo(() => path.split("/").slice(2).filter(Boolean).map(decode), [path]);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
