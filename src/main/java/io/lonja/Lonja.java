package io.lonja;

/** The hub's one process and its command line: {@code java -jar lonja.jar [command]}. */
public final class Lonja {

    private Lonja() {}

    public static void main(String[] arguments) {
        System.out.println("Lonja");
    }
}
