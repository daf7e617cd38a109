/** JUnit 5 for Pax Exam: see {@link org.papertrader.itests.exam.PaxExamExtension}. */
@NullMarked
package org.papertrader.itests.exam;

import org.jspecify.annotations.NullMarked;
