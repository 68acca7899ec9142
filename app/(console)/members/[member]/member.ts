import type { MemberView } from "@/services/members/get";
import type { Wire } from "../../../_ui/live/wire";

/** As it comes over the wire. */
export type Member = Wire<MemberView>;

/** What to call a member: by name, else by what they are reached at, else by the id that their sender's own system knows them by. */
export const calledOf = ({ name, phone, email, identities, id }: Member): string =>
  name ?? phone ?? email ?? identities.find(({ kind }) => kind === "userId")?.value ?? id;
