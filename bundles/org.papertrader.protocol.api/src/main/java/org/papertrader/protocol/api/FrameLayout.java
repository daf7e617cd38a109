package org.papertrader.protocol.api;

/**
 * Where the header's fields lie, in bytes from the start of a frame (PRO-3). All numbers are big-endian and unsigned.
 * Everything before {@link #ARGUMENT_COUNT} is frozen for all versions of the protocol.
 */
public final class FrameLayout {
    /** u8, the protocol version. */
    public static final int VERSION = 0;

    /** u8, see {@link MessageType}. */
    public static final int MESSAGE_TYPE = 1;

    /** u16, see {@link Instruction}. */
    public static final int INSTRUCTION = 2;

    /** u32, bytes of data that follow the header. */
    public static final int DATA_SIZE = 4;

    /** u16, string arguments in the data; 0 in data packets. */
    public static final int ARGUMENT_COUNT = 8;

    /** u32, number of this packet in its set, from 1. */
    public static final int MESSAGE_NUMBER = 10;

    /** u32, packets in the set. */
    public static final int MESSAGE_MAX = 14;

    /** u32, chosen by the client and echoed by every return; 0 marks a notice. */
    public static final int REQUEST_ID = 18;

    /** 32 raw bytes, zero where no session is needed and in everything a server sends. */
    public static final int SESSION_ID = 22;

    /** Where the data begin; the length of the header. */
    public static final int DATA = 54;

    /** Bytes that are enough to read version, type, instruction and size of any version. */
    public static final int FROZEN_LENGTH = 8;

    private FrameLayout() {}
}
