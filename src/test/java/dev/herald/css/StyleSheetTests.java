package dev.herald.css;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StyleSheetTests {

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '%', value = { "a , b > c { color : red ; }~a,b>c{color:red}",
			"p::before, a:hover { x: y }~p::before,a:hover{x:y}", "*.a , * { x: y }~.a,*{x:y}",
			".a p+p  i { x: y }~.a p+p i{x:y}", "td[align=right] { x: y }~td[align=\"right\"]{x:y}",
			"@charset 'utf-8'; a{b:c}~a{b:c}", "[data-ogsc] .x, u + .body .y { x: y }~[data-ogsc] .x,u+.body .y{x:y}",
			"a:is(.x, .y) b:not(.z) { x: y }~a:is(*.x, *.y) b:not(*.z){x:y}", "/* a{} */ b { c: d /* e */ }~b{c:d}",
			":root { --Big: 1px; color: var(--Big, red) }~:root{--Big:1px;color:var(--Big,red)}",
			"@media (prefers-color-scheme: dark) { a { color: #FFF !important } }~@media (prefers-color-scheme:dark){a{color:#ffffff!important}}",
			"@media only screen and (max-width: 480px), print { a{b:c} }~@media only screen and (max-width:480px),print{a{b:c}}",
			"@media not all and (hover) { a{b:c} }~@media not all and (hover){a{b:c}}",
			"@supports (display: grid) { a { color: red } }~@supports (display: grid) { a { color: red } }",
			"@font-face { font-family: X; src: url(x.woff2) }~@font-face{font-family:X;src:url('x.woff2')}",
			"@import url(a.css) screen; a{b:c}~@import 'a.css' screen;a{b:c}",
			"@page { margin: 1cm }~@page{margin:1cm}" })
	void aSheetIsWrittenShortAndReadsTheSameAgain(String css, String expected) {
		assertThat(StyleSheet.of(css)).hasToString(expected);
		assertThat(StyleSheet.of(expected)).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '%', value = {
			"MSO-Hide : all ; mso-line-height-rule: exactly~mso-hide:all;mso-line-height-rule:exactly",
			"-webkit-text-size-adjust: 100%~-webkit-text-size-adjust:100%", "color: #ABC~color:#aabbcc",
			"color: rgb( 1 , 2 , 3 )~color:#010203", "color: rgba(0,0,0,.5)~color:rgba(0,0,0,0.5)",
			"background: linear-gradient(to right, #fff, rgba(0,0,0,.1))~background:linear-gradient(to right,#ffffff,rgba(0,0,0,0.1))",
			"font: bold 12px/1.50 \"Segoe UI\", 微软雅黑~font:bold 12px/1.5 'Segoe UI',微软雅黑",
			"content: \"it's\"~content:'it\\'s'", "width: calc(100% - 2px)~width:calc(100% - 2px)",
			"width: min(100%, 600px)~width:min(100%,600px)", "margin: -1px auto!important~margin:-1px auto!important",
			"background: url(\"a;b.png\")~background:url('a;b.png')", "%%~%%", "color: RED;;~color:RED" })
	void valuesStayWhatTheyAre(String css, String expected) {
		assertThat(Style.of(css)).hasToString(expected);
		assertThat(Style.of(expected)).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a { color red }", "a { b: c } }", "a { *zoom: 1 }", "a { .b { c: d } }", "a { b: {c} }",
			"@media (480px < width) { a { b: c } }", "a { b: c; d }" })
	void whatIsNoCssIsNotSkippedInSilence(String css) {
		assertThatExceptionOfType(CssException.class).isThrownBy(() -> StyleSheet.of("b { x: y }\n\n" + css + "\n"))
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(css))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n", "Was expecting"));
	}

	@Test
	void aSelectorKnowsWhatItIsAboutAndHowMuchItWeighs() {
		Selector selector = ((StyleSheet.Rule) StyleSheet.of(".a UL > li[x] { b: c }").parts().get(0)).selectors()
			.get(0);
		assertThat(selector.element()).isEqualTo("li");
		assertThat(selector.still()).isTrue();
		assertThat(selector.ancestor()).isNotNull();
		assertThat(selector.ancestor().text()).isEqualTo(".a UL");
		assertThat(selector.specificity()).hasToString("0,0,2,2");
		Selector state = ((StyleSheet.Rule) StyleSheet.of(".a a:hover b { c: d }").parts().get(0)).selectors().get(0);
		assertThat(state.still()).isFalse();
	}

}
