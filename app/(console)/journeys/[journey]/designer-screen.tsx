"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo } from "react";
import { type JourneyView, journeyApi } from "../../../_designer/api";
import { Designer } from "../../../_designer/designer";
import { elk } from "../../../_designer/geometry/elk";
import type { Places } from "../../../_designer/geometry/shape";
import { opensBy } from "../../../_designer/store/address";
import { OpeningPlacesContext } from "../../../_designer/store/opening-places";
import { hasPlaces } from "../../../_designer/store/places";
import { useAfter } from "../../../_ui/time/use-after";
import { useApi } from "../../../_ui/workspace";
import { Remember } from "../../_components/search/remember";
import Loading from "./loading";

/** The editor of one journey, saving through the management API. What it opens with lies in the browser, so nothing of it is drawn elsewhere. */
export function DesignerScreen({ journey, places }: { journey: JourneyView; places: Places | undefined }) {
  const api = useApi();
  const opens = opensBy(useSearchParams(), journey.version !== null);
  const client = useMemo(() => journeyApi(api, journey.id), [api, journey.id]);
  // A drawing without known places needs a layout: its worker starts before the first card is drawn.
  const isPlaced = places !== undefined || journey.document.nodes.every(({ at }) => at);
  useEffect(() => {
    if (!isPlaced && !hasPlaces(journey.id, localStorage)) elk();
  }, [isPlaced, journey.id]);
  const isAfter = useAfter();
  if (!isAfter) return <Loading />;
  return (
    <>
      <Remember icon="journey" label={journey.name} />
      <OpeningPlacesContext value={places}>
        <Designer key={journey.id} journey={journey} client={client} opens={opens} />
      </OpeningPlacesContext>
    </>
  );
}
