import type { AuditLine } from "@/services/audit/list";
import type { Wire } from "../../_ui/live/wire";
import { Facts } from "./facts";
import { ThingLink } from "./thing-link";

/** To what something was done, and the details. */
export function Told({ line: { subject, others, facts } }: { line: Wire<AuditLine> }) {
  return (
    <>
      {(subject ? [subject, ...others] : others).map((ref, i) => (
        <span key={`${ref.thing} ${ref.id}`}>
          {i > 0 && " · "}
          <ThingLink {...ref} />
        </span>
      ))}
      <Facts facts={facts} />
    </>
  );
}
