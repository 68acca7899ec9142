import type { JourneyDocument } from "@/core/journey/document";
import { draw, onEvent, sms, waitFor } from "@/core/recipes/drawing";
import { say } from "./places";

/** How often one member is answered by a text before a person has to look. */
const ANSWERS = 2;

/** Whoever asks something is told that it was heard. Who asks a third time within days is not put off again: their run fails, for somebody to see. */
export const enquiries = (): JourneyDocument =>
  draw({
    name: say({ en: "Enquiries", "zh-CN": "咨询跟进" }),
    nodes: [
      onEvent("asked", "enquiry"),
      sms(
        "heard",
        {
          en: "{{ member.name }}, we have your question about {{ event.topic }} and come back to you within a day.",
          "zh-CN": "{{ member.name }}，您关于{{ event.topic }}的咨询已收到，我们将在一天内回复您。",
        },
        { purpose: "service" },
      ),
      waitFor("again", say({ en: "Asks again?", "zh-CN": "再次咨询？" }), "enquiry", "P3D"),
    ],
    wires: ["asked.next → heard", "heard.next → again", "again.happened → heard"],
    settings: { visits: ANSWERS, afterVisits: "fail" },
  });
