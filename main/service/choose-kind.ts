// Which service manager a definition is for: the one named, else this computer's.
import { GatewayError } from "../../server/index.ts";
import { SERVICE_KINDS, type ServiceKind } from "./service-plan.ts";

const OWN: Readonly<Partial<Record<NodeJS.Platform, ServiceKind>>> = {
  linux: "systemd",
  darwin: "launchd",
  win32: "windows",
};

export const ownKind = (platform: NodeJS.Platform): ServiceKind | undefined => OWN[platform];

/** @throws GatewayError invalid_request for a name that is none, and for a computer that has no such manager. */
export function chooseKind(named: string | undefined, platform: NodeJS.Platform): ServiceKind {
  const kind = named === undefined ? ownKind(platform) : SERVICE_KINDS.find((known) => known === named);
  if (kind !== undefined) return kind;
  throw new GatewayError("invalid_request", {
    sentence:
      named === undefined
        ? `Nothing is known about services on ${platform}. Name one with --for: ${SERVICE_KINDS.join(", ")}.`
        : `--for takes ${SERVICE_KINDS.join(", ")}, not “${named}”.`,
  });
}
