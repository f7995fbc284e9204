// The look of the console: one accent colour, system fonts, a rhythm of 8 px. Colours that must hold in both schemes
// are variables of admin.css.
import { createTheme, Drawer, type MantineColorsTuple, Modal, Popover, Tooltip } from "@mantine/core";
import { KIT } from "./texts/kit.ts";

/** From soft to deep; 7 carries white text at 5.9:1. */
const accent: MantineColorsTuple = [
  "#eaf2fd",
  "#d3e3f9",
  "#a6c6f2",
  "#78a9ec",
  "#528fe6",
  "#3a7fe3",
  "#2b73d8",
  "#1d5fbf",
  "#1653a9",
  "#0b458f",
];
const slate: MantineColorsTuple = [
  "#e7ecf1",
  "#c5cfd9",
  "#a4b0bd",
  "#7d8b99",
  "#3d4854",
  "#2c3641",
  "#232b34",
  "#191f26",
  "#13181e",
  "#0e1216",
];

/** The head of a dialog is not the banner of the page, which screen readers would list it as. */
const DIALOG_HEAD = { header: { role: "presentation" } };

export const theme = createTheme({
  colors: { accent, dark: slate },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 7 },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  headings: { fontFamily: "var(--font)", fontWeight: "650" },
  fontSizes: { xs: "12px", sm: "14px", md: "15px", lg: "17px", xl: "20px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  defaultRadius: "md",
  cursorType: "pointer",
  components: {
    // The rooms scroll, never the page, so there is nothing to lock; the lock would write a style without our nonce.
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, attributes: DIALOG_HEAD } }),
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        centered: true,
        closeButtonProps: { "aria-label": KIT.close },
        attributes: DIALOG_HEAD,
      },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: "md" } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withinPortal: true } }),
  },
});
