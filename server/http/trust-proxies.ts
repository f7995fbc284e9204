// Which of the addresses a request came by are believed (Express, "trust proxy"): of a tunnel or proxy on this computer, where
// it was seen to name its clients, exactly the one entry it added; and of proxies on other computers those the settings name.
// What stands before that was written by whoever asks.
import express from "express";
import type { ClientJudgement } from "../tunnel/judge-clients.ts";
import { isLoopbackAddress } from "./is-local-program.ts";

/** `hop` 0 is the connection itself. */
export type Trust = (address: string, hop: number) => boolean;

/** `trusted`: the setting TRUSTED_PROXIES, as it is now. */
export function trustProxies(clients: () => ClientJudgement, trusted: () => string): Trust {
  let known = { list: "", trust: nobody };
  return (address, hop) => {
    const list = trusted();
    if (list !== known.list) known = { list, trust: compile(list) };
    return known.trust(address, hop) || (hop === 0 && isLoopbackAddress(address) && clients().namesClients);
  };
}

const nobody: Trust = () => false;

/** Express reads such lists itself (proxy-addr); an empty one would stand for the connection's address. */
function compile(list: string): Trust {
  if (list === "") return nobody;
  const app = express();
  app.set("trust proxy", list);
  return app.get("trust proxy fn") as Trust;
}
