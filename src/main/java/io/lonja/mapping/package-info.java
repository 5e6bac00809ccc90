/**
 * Between the wire and the documents. Smooks lives here.
 *
 * <p>A guide's {@code *.smooks.xml} sees a transaction set as one element per segment, in the loops of the guide:
 *
 * <pre>{@code
 * <transaction-set at="ST 1 108 120">
 *   <BEG e1="00" e2="SA" e3="PO-1" e5="20261121" elements="00␟SA␟PO-1␟␟20261121" at="BEG 2 120 151"/>
 *   <loop-PO1 at="PO1 5 201 290">
 *     <PO1 e1="1" e2="10" e3="CA" e4="12.50" e6="VN" e7="A-100" elements="…" at="PO1 5 201 236"/>
 *   </loop-PO1>
 * </transaction-set>
 * }</pre>
 *
 * <p>EDIFACT looks the same: {@code <loop-SG25><LIN e1="1" e3="4000862141404" e3_2="EN" …/></loop-SG25>}, where a loop is
 * {@code SG} and the number of the directory's segment group. What is written for the wire is the mirror of this view,
 * see {@link io.lonja.edi.OutboundSegment#named}.
 *
 * <ul>
 *   <li>{@code e3} is a data element, or the first component of a composite; {@code e3_2} its second component;
 *       {@code e3r2} and {@code e3r2_2} belong to its second repetition. Empty ones are absent. The text is the one on
 *       the wire.
 *   <li>{@code elements} holds all first components, separated by U+001F, for the decoder {@code Pairs}; {@code
 *       composites}, where an element has several components, all of them, separated by U+001E, for the decoder {@code
 *       CompositePairs}.
 *   <li>{@code at} says tag, position (counted from 1 at ST or UNH), first byte and the byte after the last; for a loop
 *       those of the segment that opened it, and the bytes of the whole loop.
 *   <li>A loop is {@code loop-} and the guide's loop code.
 *   <li>Levels are loops in a loop of the same name (HL of X12: {@code L-HL}, in it {@code L-HL.2}, in that {@code
 *       L-HL.3}). They are shown beside each other, in wire order, each without the levels in it: {@code loop-HL}
 *       selects every one, and what stands in which its own numbers say.
 * </ul>
 *
 * <p>XML, of which a guide's {@code elements.xml} says what is looked at, has the same view: an element with elements in it is a
 * loop of its name, one with text a segment whose {@code e1} is the text and {@code e1_2} what qualifies it:
 *
 * <pre>{@code
 * <transaction-set at="Invoice 1 39 6999">
 *   <IssueDate e1="2026-03-31" at="Invoice/IssueDate 5 …"/>
 *   <loop-InvoiceLine at="Invoice/InvoiceLine[1] 96 4797 5875">
 *     <InvoicedQuantity e1="10" e1_2="XCS" at="…"/>
 *   </loop-InvoiceLine>
 * </transaction-set>
 * }</pre>
 *
 * <p>Its {@code at} begins with the path, and {@code name} and {@code in} are the element's own name and that of the element
 * around it. A text that qualifies is {@code schemeID}, {@code unitCode}, {@code currencyID} or {@code listID}. The
 * template of such a guide writes the document itself, with {@link io.lonja.mapping.OutboundTemplate}'s functions.
 *
 * <p>The way out is the mirror: a guide's {@code <document>.out.ftlx} writes such elements ({@code e3}, {@code e3_2},
 * {@code e3r2}; no loops, no {@code at}) from a business document, and {@link io.lonja.mapping.OutboundTemplate} says what it
 * sees. Header, trailer, counts and delimiters are the writer's.
 *
 * <p>It fills {@link io.lonja.mapping.Collected} things, whose names {@link io.lonja.mapping.DocumentAssembler} knows;
 * {@code names.properties} beside it says what the guide's codes are called here. Neither holds program code.
 *
 * <p>Only what is selected is shown, decided once per guide by {@link io.lonja.mapping.Selection}. One selector that paths,
 * codes and attributes do not decide ({@code //PO1}, {@code PO1[1]}), an expression or the text of an element, and Smooks
 * tries every selector at every element of the whole set instead, which takes several times as long.
 */
@ApplicationModule(allowedDependencies = {"archive", "party", "partner", "edi", "document", "money", "alarm"})
@NullMarked
package io.lonja.mapping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
