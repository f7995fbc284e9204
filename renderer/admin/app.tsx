// Everything every room needs around it: look, data, live stream, brokerage, session, route.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Router } from "wouter";
import { useHashPath, useHashSearch } from "./kit/hash-route.ts";
import { StreamProvider } from "./kit/stream.tsx";
import { NowProvider } from "./kit/when.tsx";
import {
  type Connection,
  ConnectionContext,
  createQueryClient,
  nextConnection,
} from "./shell/connection.tsx";
import { LockedPage } from "./shell/locked-page.tsx";
import { SessionProvider } from "./shell/session.tsx";
import { Shell } from "./shell/shell.tsx";
import { TenantProvider } from "./shell/tenant.tsx";
import { theme } from "./theme.ts";

/** @param nonce of the page's policy; without it the theme's colours would not be let in */
export function App({ nonce }: { readonly nonce: string }) {
  const [connection, setConnection] = useState<Connection>("fresh");
  const [client] = useState(() =>
    createQueryClient((error) => setConnection((now) => nextConnection(now, error))),
  );
  const locked = connection === "locked" || connection === "expired";
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <Notifications position="bottom-right" limit={4} />
      {locked ? (
        <LockedPage expired={connection === "expired"} />
      ) : (
        <QueryClientProvider client={client}>
          <ConnectionContext value={connection}>
            <Router hook={useHashPath} searchHook={useHashSearch}>
              <NowProvider>
                <StreamProvider>
                  <SessionProvider>
                    <TenantProvider>
                      <Shell />
                    </TenantProvider>
                  </SessionProvider>
                </StreamProvider>
              </NowProvider>
            </Router>
          </ConnectionContext>
        </QueryClientProvider>
      )}
    </MantineProvider>
  );
}
