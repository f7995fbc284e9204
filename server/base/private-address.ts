// Which network addresses belong to nobody in particular: an address the brokerage gives must not make the gateway knock
// at this machine, its neighbours or a cloud's metadata (IANA special-purpose registries, RFC 6890). Pure.
import { BlockList, isIP } from "node:net";

const IPV4: readonly (readonly [network: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Within what is given out to the public: protocol use, documentation, and addresses that carry an IPv4 one inside. */
const IPV6: readonly (readonly [network: string, bits: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const special = blockList("ipv4", IPV4);
const specialIpv6 = blockList("ipv6", IPV6);
/** All of IPv6 that is given out to the public; the rest is loopback, link-local, ULA, multicast, IPv4-mapped, … */
const publicIpv6 = blockList("ipv6", [["2000::", 3]]);
const loopback = blockList("ipv4", [["127.0.0.0", 8]]);

function blockList(
  family: "ipv4" | "ipv6",
  networks: readonly (readonly [network: string, bits: number])[],
): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return list;
}

/** `address`: an IPv4 or IPv6 address as text. What is neither counts as private. */
export function isPrivateAddress(address: string): boolean {
  const bare = withoutZone(address);
  const version = isIP(bare);
  if (version === 4) return special.check(bare, "ipv4");
  return version !== 6 || !publicIpv6.check(bare, "ipv6") || specialIpv6.check(bare, "ipv6");
}

/** This machine itself. */
export function isLoopback(address: string): boolean {
  const bare = withoutZone(address);
  return isIP(bare) === 4 ? loopback.check(bare, "ipv4") : bare === "::1";
}

/** The address a URL names by number, however it was spelt (decimal, hexadecimal, …); undefined for a name. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? undefined : host;
}

const withoutZone = (address: string): string => address.replace(/%.*$/, "");
