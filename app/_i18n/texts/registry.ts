import { designerCanvas } from "../../_designer/canvas/texts";
import { designerCommands } from "../../_designer/commands/texts";
import { designerCompare } from "../../_designer/compare/texts";
import { designerActions } from "../../_designer/fields/action-texts";
import { designerEntries } from "../../_designer/fields/entry-texts";
import { designerMail } from "../../_designer/fields/messages/mail/texts";
import { designerPreview } from "../../_designer/fields/messages/preview/texts";
import { designerSms } from "../../_designer/fields/messages/sms-texts";
import { designerOffers } from "../../_designer/fields/offers/texts";
import { designerFields } from "../../_designer/fields/texts";
import { designerWaits } from "../../_designer/fields/waits-texts";
import { designerLive } from "../../_designer/live/texts";
import { designerBroadcasts } from "../../_designer/panels/broadcast-texts";
import { designerPublish } from "../../_designer/panels/publishing/texts";
import { designerRules } from "../../_designer/rules/texts";
import { designer } from "../../_designer/texts";
import { designerVersions } from "../../_designer/versions/texts";
import { auditFields } from "../../(console)/audit/field-texts";
import { audit } from "../../(console)/audit/texts";
import { journeys } from "../../(console)/journeys/texts";
import { segments } from "../../(console)/segments/texts";
import { common } from "./common";
import { events } from "./events";
import { home } from "./home";
import { integrations } from "./integrations";
import { letters } from "./letters";
import { lifecycle } from "./lifecycle";
import { members } from "./members";
import { messages } from "./messages";
import { nav } from "./nav";
import { offers } from "./offers";
import { refusals } from "./refusals";
import { runs } from "./runs";
import { sandbox } from "./sandbox";
import { search } from "./search";
import { sending } from "./sending";
import { settings } from "./settings";
import { signIn } from "./sign-in";
import { states } from "./states";
import { stores } from "./stores";
import { tasks } from "./tasks";
import { team } from "./team";
import { traits } from "./traits";
import { views } from "./views";

/** Every area of texts; the name here is the namespace `useT` takes. An area may also stand in a screen's own folder. */
export const areas = {
  audit,
  auditFields,
  common,
  designer,
  designerActions,
  designerBroadcasts,
  designerPublish,
  designerEntries,
  designerCanvas,
  designerCommands,
  designerCompare,
  designerFields,
  designerLive,
  designerWaits,
  designerMail,
  designerOffers,
  designerPreview,
  designerRules,
  designerSms,
  designerVersions,
  journeys,
  events,
  home,
  integrations,
  letters,
  lifecycle,
  members,
  messages,
  nav,
  offers,
  refusals,
  runs,
  sandbox,
  search,
  sending,
  segments,
  settings,
  signIn,
  states,
  stores,
  tasks,
  team,
  traits,
  views,
};
