package org.loupe.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.scan.Judgement;
import org.loupe.core.scan.Judgement.Verdict;
import org.loupe.store.StoredJudgements.Series;

class StoredJudgementsTest {

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();
    private final Series series = new Series("a1", "mixed4a:97", "b2", "a dog's head", 5,
            List.of(new Judgement("dog/1, \"large\".png", 3, 4, 2.5f, 12, Verdict.YES, false),
                    new Judgement("cat.png", 0, 7, -1, 1.5, Verdict.PARTLY, true)));

    @Test
    void answersAreThereWhenTheStudyIsOpenedAgain() {
        try (Study study = Study.open(folder, problems::add)) {
            study.judgements().put(series.with(List.of()));
            study.judgements().put(series);
        }
        try (Study study = Study.openReadOnly(folder, problems::add)) {
            assertEquals(Optional.of(series), study.judgements().find("a1", "mixed4a:97", "b2"));
            assertEquals(Optional.empty(), study.judgements().find("a1", "mixed4a:98", "b2"));
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void answersAreATable() {
        assertEquals("""
                picture,row,column,activation,weight,verdict,repeat
                "dog/1, ""large"".png",3,4,2.5,12.0,yes,false
                cat.png,0,7,-1.0,1.5,partly,true
                """, series.csv());
    }

    @Test
    void aDamagedFileIsTold() throws IOException {
        try (Study study = Study.open(folder, problems::add)) {
            study.judgements().put(series);
            try (Stream<Path> files = Files.list(folder.resolve("judgements"))) {
                Files.writeString(files.findFirst().orElseThrow(), "{}");
            }
            assertEquals(Optional.empty(), study.judgements().find("a1", "mixed4a:97", "b2"));
            assertTrue(problems.get(0).contains("mixed4a:97"), problems.toString());
        }
    }
}
