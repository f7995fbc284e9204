// What the browser tests of the public address show: no tunnel, one that is up, one in trouble, one that moved.
import type { TunnelView } from "../../shared/console/tunnel.schema.ts";
import { ago } from "./console-samples.ts";

export const TUNNEL_NONE: TunnelView = {
  kind: "none",
  phase: "off",
  url: null,
  since: null,
  tries: 0,
  retry_at: null,
  trouble: null,
  last_test: null,
  output: [],
  address: "https://gateway.example.com",
  from: "setting",
  stable: true,
  moved: null,
};

const QUICK = "https://four-dashed-word-url.trycloudflare.com";
export const OLD = "https://symantec-transferred-lock.trycloudflare.com";

export const TUNNEL_UP: TunnelView = {
  ...TUNNEL_NONE,
  kind: "cloudflared",
  phase: "up",
  url: QUICK,
  since: ago(3_600),
  address: QUICK,
  from: "tunnel",
  stable: false,
  last_test: {
    at: ago(40),
    url: QUICK,
    ok: true,
    sentence: `${QUICK} leads to this gateway.`,
    remedy: null,
    ms: 212,
  },
  output: ["INF Requesting new quick Tunnel on trycloudflare.com...", `INF |  ${QUICK}  |`],
};

export const TUNNEL_MOVED: TunnelView = {
  ...TUNNEL_UP,
  moved: { from: OLD, at: ago(120), tenants: ["fub-test"] },
};

export const TUNNEL_OPENING: TunnelView = {
  ...TUNNEL_UP,
  phase: "opening",
  url: null,
  address: null,
  from: null,
  last_test: null,
  output: [],
};

/** `retryAt`: ISO. */
export const tunnelWaiting = (retryAt: string): TunnelView => ({
  ...TUNNEL_OPENING,
  phase: "waiting",
  tries: 3,
  retry_at: retryAt,
  trouble: {
    code: "token_refused",
    sentence: "The token was refused: Unauthorized: Invalid tunnel secret.",
    remedy: "Copy the token again from your account there and enter it in the settings.",
  },
  output: [
    'ERR Register tunnel error from server side error="Unauthorized: Invalid tunnel secret" connIndex=0',
  ],
});
