// The six channel drawings and the status shapes, as single paths. Both pages use them.
import type { Channel } from "../../shared/values.ts";
import { drawing } from "./build-element.ts";
import type { Tone } from "./wording.ts";

const BUBBLE = "M12 3.5a8.5 8.5 0 1 1-4.2 15.9l-4.3 1.1 1.2-4.2A8.5 8.5 0 0 1 12 3.5z";

const CHANNEL_PATHS: Readonly<Record<Channel, string>> = {
  phone:
    "M6.5 3.5h2.7l1.6 4.2-2 1.6a12.5 12.5 0 0 0 5.9 5.9l1.6-2 4.2 1.6v2.7a2.2 2.2 0 0 1-2.4 2.2A17 17 0 0 1 4.3 5.9 2.2 2.2 0 0 1 6.5 3.5z",
  sms: "M4 4.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9.5L5 20.5v-4H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1zM8 10.5h.01M12 10.5h.01M16 10.5h.01",
  wmsg: `${BUBBLE}M8.3 10.2h7.4M8.3 13.8h4.8`,
  wvoice: `${BUBBLE}M9.2 7.6h1.3l.8 2.1-1 .8a6 6 0 0 0 3.2 3.2l.8-1 2.1.8v1.3a1 1 0 0 1-1.1 1A8.3 8.3 0 0 1 8.2 8.7a1 1 0 0 1 1-1.1z`,
  chat: "M4.5 3.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H8.5L5.5 14v-2.5h-1a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM18.5 9h1a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-1V20l-3-2.5H10a1 1 0 0 1-1-1V15",
  email: "M4.5 5.5h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM4 6.5l8 6.5 8-6.5",
};

const TONE_PATHS: Readonly<Record<Tone, string>> = {
  run: "M12 4a8 8 0 1 1-8 8",
  ok: "M4.5 12.5l5 5 10-11",
  wait: "M12 4l9 16H3zM12 10v4.5M12 17.3h.01",
  bad: "M6 6l12 12M18 6L6 18",
  none: "M5 12h14",
};

export const channelIcon = (channel: Channel): SVGSVGElement => drawing(CHANNEL_PATHS[channel], "icon");

/** The shape of a tone: a turning arc, a tick, a triangle, a cross, a dash. Colour comes from the class. */
export const toneShape = (tone: Tone): SVGSVGElement => drawing(TONE_PATHS[tone], `shape tone-${tone}`);
