// The name look-up of outgoing connections to targets. What it returns is what is connected to, so a name that answers
// with another address the second time (DNS rebinding) gains nothing.
import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { isLoopback, isPrivateAddress } from "../../base/private-address.ts";

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Which addresses a target may lead to; plain http never leaves this machine. */
export type Reach = "public" | "anywhere" | "this machine";

/** The address was understood and is not allowed. `message` is for people. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** @throws AddressRefused */
export function checkAddress(address: string, reach: Reach): void {
  if (reach === "public" && isPrivateAddress(address))
    throw new AddressRefused(`Its address leads into a private network (${address}), which is not allowed.`);
  if (reach === "this machine" && !isLoopback(address))
    throw new AddressRefused(`Without https it may only lead to this machine, not to ${address}.`);
}

/** For `lookup` of node:http(s). One address that is not allowed refuses the name. */
export function guardedLookup(resolve: Resolve, reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname)
      .then((addresses) => {
        for (const { address } of addresses) checkAddress(address, reach);
        const [first] = addresses;
        if (!first) throw Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" });
        return { all: [...addresses], first };
      })
      .then(
        ({ all, first }) => (options.all ? callback(null, all) : callback(null, first.address, first.family)),
        (error: unknown) => callback(error as NodeJS.ErrnoException, "", 0),
      );
  };
}
