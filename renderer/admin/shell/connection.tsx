// Whether the gateway answers this window. Heard from every request; app.tsx owns it, banner and lamps show it.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { ApiError } from "../kit/api.ts";

/** `fresh` until something was answered; `expired`: it was accepted before. */
export type Connection = "fresh" | "ok" | "offline" | "locked" | "expired";

export const ConnectionContext = createContext<Connection>("fresh");
export const useConnection = (): Connection => useContext(ConnectionContext);

export function nextConnection(now: Connection, error: unknown): Connection {
  if (error === null) return "ok";
  if (!(error instanceof ApiError)) return now;
  if (error.kind === "offline") return now === "locked" || now === "expired" ? now : "offline";
  if (error.kind === "locked") return now === "fresh" || now === "locked" ? "locked" : "expired";
  // Refused or odd, but answered.
  return now === "offline" ? "ok" : now;
}

/** `report` hears the error of every failed request, and null after every good one. */
export function createQueryClient(report: (error: unknown) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: report, onSuccess: () => report(null) }),
    mutationCache: new MutationCache({ onError: report }),
    defaultOptions: {
      // The gateway is on this machine: whether there is an internet does not matter, and it is asked again anyway.
      queries: { retry: false, networkMode: "always", staleTime: 2_000, refetchOnWindowFocus: true },
      mutations: { networkMode: "always" },
    },
  });
}
