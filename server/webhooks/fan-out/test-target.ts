// Sends one event that means nothing to a target, at once and once, so that whoever sets it up sees what comes of it.
import type { z } from "zod";
import type { targetTestSchema } from "../../../shared/fan-out.schema.ts";
import { isoTime } from "../../base/clock.ts";
import { newId } from "../../base/ids.ts";
import { findTarget } from "./change-targets.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import { postSigned } from "./post-signed.ts";

export const TEST_EVENT = "aventoraTest";

/** Also to a target that is switched off. @throws GatewayError tenant_not_found, not_found, vault_unavailable. */
export async function testTarget(
  deps: FanOutDeps,
  tenant: string,
  targetId: string,
): Promise<z.infer<typeof targetTestSchema>> {
  const target = findTarget(deps, tenant, targetId);
  const now = deps.clock.now();
  const id = newId("msg_test", now);
  const body = JSON.stringify({
    eventId: id,
    eventCreated: isoTime(now),
    event: TEST_EVENT,
    resourceIds: [],
    uri: null,
  });
  const outcome = await postSigned(deps, target, { id, tenant, event: TEST_EVENT, body });
  return { ...outcome, message_id: id };
}
