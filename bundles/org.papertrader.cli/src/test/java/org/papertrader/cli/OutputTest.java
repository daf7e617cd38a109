package org.papertrader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.papertrader.cli.Report.Column;

class OutputTest {
    private static final Report.Table TABLE = new Report.Table(
            List.of(Column.left("symbol"), Column.right("close")),
            List.of(List.of("AAPL", "99.96"), List.of("GOOGL", "1745.3")));

    @Test
    void tablesAreAligned() {
        assertThat(text(TABLE, false)).isEqualTo("SYMBOL   CLOSE\nAAPL     99.96\nGOOGL   1745.3\n");
    }

    @Test
    void anEmptyTableSaysSo() {
        assertThat(text(new Report.Table(TABLE.columns(), List.of()), false)).isEqualTo("(none)\n");
        assertThat(text(new Report.Table(TABLE.columns(), List.of()), true).replaceAll("\\s", ""))
                .isEqualTo("[]");
    }

    @Test
    void jsonKeepsNumbersExactAsText() {
        assertThat(text(TABLE, true).replaceAll("\\s", ""))
                .isEqualTo("[{\"symbol\":\"AAPL\",\"close\":\"99.96\"},{\"symbol\":\"GOOGL\",\"close\":\"1745.3\"}]");
    }

    @Test
    void jsonLeavesDrawingsOut() {
        Map<String, Report> parts = new LinkedHashMap<>();
        parts.put("chart", new Report.Drawing(List.of("*")));
        parts.put("free cash", Report.Facts.of("free cash", "1.5"));
        assertThat(text(new Report.Parts(parts), true).replaceAll("\\s", ""))
                .isEqualTo("{\"free_cash\":{\"free_cash\":\"1.5\"}}");
    }

    @Test
    void longCellsAreCutForPeopleOnly() {
        Report.Table table = new Report.Table(
                List.of(Column.brief("uuid", 9), Column.left("name")),
                List.of(List.of("0123456789abcdef", "a"), List.of("012345678", "b")));
        assertThat(text(table, false)).isEqualTo("UUID       NAME\n01234567~  a\n012345678  b\n");
        assertThat(text(table, true)).contains("0123456789abcdef");
    }

    private static String text(Report report, boolean json) {
        StringWriter text = new StringWriter();
        new Output(new PrintWriter(text), json).show(report);
        return text.toString().replace("\r\n", "\n");
    }
}
