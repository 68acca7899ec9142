"use client";
import { useMemo } from "react";
import { type JourneyView, journeyApi } from "../../../_designer/api";
import { Designer } from "../../../_designer/designer";
import { useApi } from "../../../_ui/workspace";
import { Remember } from "../../_components/remember";

/** The editor of one journey, saving through the management API. */
export function DesignerScreen({ journey }: { journey: JourneyView }) {
  const api = useApi();
  const client = useMemo(() => journeyApi(api, journey.id), [api, journey.id]);
  return (
    <>
      <Remember icon="journey" label={journey.name} />
      <Designer key={journey.id} journey={journey} client={client} />
    </>
  );
}
