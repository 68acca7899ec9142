import { Button } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { EmptyState } from "./empty-state";

/** A list whose filters find nothing, and the way back to all of it. */
export function NoMatch({ onClear }: { onClear(): void }) {
  const common = useT("common");
  return (
    <EmptyState
      icon="search"
      title={common("noMatch")}
      action={
        <Button variant="default" onClick={onClear}>
          {common("clearFilters")}
        </Button>
      }
    >
      {common("noMatchHint")}
    </EmptyState>
  );
}
