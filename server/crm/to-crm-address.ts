// An address as Follow Up Boss and Rollout answer it (both call the postcode `code`) in the words of the port.
import type { CrmAddress } from "./crm.ts";

export const toCrmAddress = (address: {
  readonly state: string | null;
  readonly code: string | null;
  readonly country: string | null;
}): CrmAddress => ({ state: address.state, postcode: address.code, country: address.country });
