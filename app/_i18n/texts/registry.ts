import { designerFields } from "../../_designer/fields/texts";
import { designer } from "../../_designer/texts";
import { common } from "./common";
import { home } from "./home";
import { members } from "./members";
import { messages } from "./messages";
import { runs } from "./runs";
import { nav } from "./nav";
import { offers } from "./offers";
import { refusals } from "./refusals";
import { sandbox } from "./sandbox";
import { signIn } from "./sign-in";
import { states } from "./states";

/** Every area of texts; the name here is the namespace `useT` takes. An area may also stand in a screen's own folder. */
export const areas = { common, designer, designerFields, home, members, messages, nav, offers, refusals, runs, sandbox, signIn, states };
