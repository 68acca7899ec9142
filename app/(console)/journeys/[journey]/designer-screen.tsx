"use client";
import { useMemo } from "react";
import { type JourneyView, journeyApi } from "../../../_designer/api";
import { Designer } from "../../../_designer/designer";
import { useAfter } from "../../../_ui/use-after";
import { useApi } from "../../../_ui/workspace";
import { Remember } from "../../_components/remember";
import Loading from "./loading";

/** The editor of one journey, saving through the management API. What it opens with lies in the browser, so nothing of it is drawn elsewhere. */
export function DesignerScreen({ journey }: { journey: JourneyView }) {
  const api = useApi();
  const client = useMemo(() => journeyApi(api, journey.id), [api, journey.id]);
  const isAfter = useAfter();
  if (!isAfter) return <Loading />;
  return (
    <>
      <Remember icon="journey" label={journey.name} />
      <Designer key={journey.id} journey={journey} client={client} />
    </>
  );
}
