// The setup.json that fits the demo world: tenant fub-test (Track A) and tenant fub-solo (Track B).
import type { Setup, TenantSetup } from "../../../shared/setup.schema.ts";
import { fixedHex } from "../build-account.ts";
import { SANDBOX_SYSTEM } from "../fub/create-fub-world.ts";
import type { DemoWorld } from "./demo-world.ts";

/** What `apply` takes (design, section 3); numbers and keys match `demoWorld()`. */
export function demoSetup(world: DemoWorld): Setup {
  return {
    platform: {
      FUB_SYSTEM: SANDBOX_SYSTEM.name,
      FUB_SYSTEM_KEY: SANDBOX_SYSTEM.key,
    },
    tenants: [trackA(world), trackB(world)],
  };
}

const SIMULATED: TenantSetup["channels"] = {
  phone: "simulator",
  sms: "simulator",
  wmsg: "simulator",
  wvoice: "simulator",
  chat: "simulator",
  email: "simulator",
};

function trackA({ keys: { fubTest } }: DemoWorld): TenantSetup {
  return {
    domain_name: "fub-test",
    track: "A",
    crm_sync_provider: "followup_boss",
    fub_api_key: fubTest.ownerKey,
    fub_sync_contacts: true,
    fub_start_call_tag: "Aventora Call",
    fub_embedded_app_secret: fubTest.embedSecret,
    fub_campaign_embedded_app_secret: fubTest.campaignSecret,
    call_management_api_key: `avt_${fixedHex("integrator fub-test", 32)}`,
    default_broker_phone: "+14165550100",
    channels: SIMULATED,
    users: [
      {
        id: "u1",
        name: "Ann One",
        email: "ann@fub-test.example",
        default_broker_phone: "+14165550111",
        fub_api_key: fubTest.annKey,
      },
      {
        id: "u2",
        name: "Ben Two",
        email: "ben@fub-test.example",
        default_broker_phone: "+14165550122",
        fub_api_key: fubTest.benKey,
      },
    ],
  };
}

function trackB({ keys: { cara, dev } }: DemoWorld): TenantSetup {
  return {
    domain_name: "fub-solo",
    track: "B",
    crm_sync_provider: "followup_boss",
    fub_sync_contacts: true,
    call_management_api_key: `avt_${fixedHex("integrator fub-solo", 32)}`,
    channels: SIMULATED,
    users: [
      {
        id: "cara",
        name: "Cara Chen",
        email: "cara@solo-cara.example",
        default_broker_phone: "+14165550133",
        fub_api_key: cara.ownerKey,
        fub_embedded_app_secret: cara.embedSecret,
        fub_campaign_embedded_app_secret: cara.campaignSecret,
      },
      {
        id: "dev",
        name: "Dev Patel",
        email: "dev@solo-dev.example",
        default_broker_phone: "+16475550144",
        fub_api_key: dev.ownerKey,
        fub_embedded_app_secret: dev.embedSecret,
        fub_campaign_embedded_app_secret: dev.campaignSecret,
      },
    ],
  };
}
