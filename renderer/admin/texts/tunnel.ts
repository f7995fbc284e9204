// Words of the public address in Settings, Platform: how the internet reaches this gateway.
export const TUNNEL = {
  title: "Reached from the internet",
  note: "What Follow Up Boss opens and delivers to. Only the public port is ever led outside; the console never is.",
  kinds: {
    none: "Own address",
    noneNote: "This computer already has an https address, for example behind a reverse proxy.",
    ngrok: "ngrok",
    ngrokNote:
      "Built in; needs a free or paid ngrok account. Free accounts show visitors a warning page first.",
    cloudflared: "Cloudflare Tunnel",
    cloudflaredNote: "Needs Cloudflare's program cloudflared on this computer.",
    command: "Another program",
    commandNote: "Any program that leads an https address here and prints it, such as ssh or localtunnel.",
  },
  cloudflareRoute: (port: number) =>
    `In Cloudflare, lead the tunnel's public hostname to http://127.0.0.1:${port}.`,
  commandHint: "One part a line: the program first, then each argument. Example:",
  commandExample: "ssh\n-R\n80:{host}:{port}\nnokey@localhost.run",
  unstable: "This address will not last",
  unstableHint:
    "The tunnel gets another address whenever it is opened anew. Apps registered in Follow Up Boss, links in e-mail and open chats then lead nowhere until somebody changes the apps there. Use an own domain for daily work.",
  state: "How it stands now",
  phases: {
    off: "No tunnel",
    opening: "Being opened",
    checking: "Being tested",
    up: "Connected",
    upTrouble: "In trouble",
    waiting: "Not connected",
  },
  address: "Address in force",
  noAddress: "None yet. Follow Up Boss cannot reach this gateway.",
  from: {
    environment: "Fixed by the environment variable SERVER_URL.",
    tunnel: "Given by the tunnel.",
    setting: "As entered above.",
  },
  notUsed: (url: string) =>
    `The tunnel's own address ${url} is not used, because the environment fixes SERVER_URL.`,
  retry: (tries: number) =>
    tries === 1 ? "Tried once; the next try is" : `Tried ${tries} times; the next try is`,
  soon: "in a moment",
  inSeconds: (seconds: number) => (seconds < 60 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`),
  unsaved: "Save first: what is typed is not in force yet.",
  test: "Test the address now",
  testing: "Asking the address from outside in…",
  tested: "Last test",
  ms: (ms: number) => `${ms} ms`,
  restart: "Open the tunnel anew",
  output: "What the program printed",
  moved: (from: string) => `The address changed. Apps in Follow Up Boss still open ${from} and fail`,
  movedHint: (tenants: string) =>
    `Change the addresses of the apps there to these (${tenants}). Webhooks were moved already. This goes away by itself when the apps open again.`,
  embed: (tenant: string) => `${tenant}: app for one person`,
  campaign: (tenant: string) => `${tenant}: app for Smart Lists`,
  movedDone: "They are changed",
} as const;
