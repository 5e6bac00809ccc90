package io.lonja.cli.demo;

import java.io.PrintStream;
import java.util.List;

/** Columns as wide as what stands in them. */
record DemoTable(PrintStream out) {

    void print(String[] head, List<String[]> rows) {
        int[] widths = new int[head.length];
        for (int column = 0; column < head.length; column++) {
            widths[column] = head[column].length();
            for (String[] row : rows) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        printRow(head, widths);
        rows.forEach(row -> printRow(row, widths));
    }

    private void printRow(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder(" ");
        for (int column = 0; column < row.length; column++) {
            line.append(' ').append(row[column]).append(" ".repeat(widths[column] - row[column].length() + 1));
        }
        out.println(line.toString().stripTrailing());
    }
}
