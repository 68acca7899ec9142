import type { Metadata } from "next";
import { ChannelsScreen } from "../channels-screen";
import { titled } from "../titled";

export const generateMetadata = (): Promise<Metadata> => titled("channels");

export default ChannelsScreen;
