package org.papertrader.model;

/**
 * Why something was refused: a stable code for programs and a text for people.
 *
 * @param code the reason
 * @param text one sentence without line breaks or control characters, at most 500 characters
 */
public record Refusal(ReasonCode code, String text) {
    private static final int TEXT_MAX = 500;

    public Refusal {
        if (text.length() > TEXT_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason's text is one line of at most 500 characters");
        }
    }

    /** The refusal with the default text of its code. */
    public static Refusal of(ReasonCode code) {
        return new Refusal(code, code.meaning());
    }

    /** The refusal with a text made for the case. */
    public static Refusal of(ReasonCode code, String text) {
        return new Refusal(code, text);
    }
}
