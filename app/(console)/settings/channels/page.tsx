import type { Metadata } from "next";
import { titled } from "../titled";
import { ChannelsScreen } from "./channels-screen";

export const generateMetadata = (): Promise<Metadata> => titled("channels");

export default ChannelsScreen;
