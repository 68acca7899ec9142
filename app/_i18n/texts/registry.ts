import { common } from "./common";
import { home } from "./home";
import { members } from "./members";
import { nav } from "./nav";
import { offers } from "./offers";
import { refusals } from "./refusals";
import { signIn } from "./sign-in";
import { states } from "./states";

/** Every area of texts; the name here is the namespace `useT` takes. An area may also stand in a screen's own folder. */
export const areas = { common, home, members, nav, offers, refusals, states, signIn };
