// The desktop window around the console, where there is one: what the preload script exposes. In a browser there is none.
import type { DesktopBridge } from "../../../shared/desktop-contract.ts";

declare global {
  interface Window {
    readonly aventoraDesktop?: DesktopBridge;
  }
}

export const desktopBridge = (): DesktopBridge | undefined => window.aventoraDesktop;
