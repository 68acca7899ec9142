import type { JourneyApi } from "../../api";
import type { Answer } from "./sync";

/**
 * Saves in the name of whoever opened the editor. Once they were signed out it is asked first who is signed in now: edits are never
 * saved under somebody else's name.
 */
export function asOnePerson(user: string, client: Pick<JourneyApi, "save" | "who">): JourneyApi["save"] {
  let isOut = false;
  return async (document, revision): Promise<Answer> => {
    if (isOut) {
      const now = await client.who();
      if (!now) return { is: "refused", why: "signed_out", detail: "" };
      if (now.user !== user) return { is: "refused", why: "somebody_else", detail: now.name };
    }
    const answer = await client.save(document, revision);
    isOut = answer.is === "refused" && answer.why === "signed_out";
    return answer;
  };
}
