/** Node's tracing channels, which tools subscribe to; without subscribers a question to a flag is all that they cost. */
import {
  type Channel as EventChannel,
  channel as eventChannel,
  type TracingChannel,
  tracingChannel,
} from "node:diagnostics_channel";

type Channel = TracingChannel<object>;
const channels = new Map<string, Channel>();
const eventChannels = new Map<string, EventChannel>();

/** The channel of a name, if anybody listens to it. */
export function heardChannel(name: string): Channel | undefined {
  let channel = channels.get(name);
  if (channel === undefined) channels.set(name, (channel = tracingChannel(name)));
  return channel.hasSubscribers ? channel : undefined;
}

/** The channel of single events of a name, if anybody listens to it. */
export function heardEvents(name: string): EventChannel | undefined {
  let channel = eventChannels.get(name);
  if (channel === undefined) eventChannels.set(name, (channel = eventChannel(name)));
  return channel.hasSubscribers ? channel : undefined;
}
