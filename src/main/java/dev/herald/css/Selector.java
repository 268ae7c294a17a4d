package dev.herald.css;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.htmlunit.cssparser.parser.condition.Condition;
import org.htmlunit.cssparser.parser.condition.Condition.ConditionType;
import org.htmlunit.cssparser.parser.selector.ChildSelector;
import org.htmlunit.cssparser.parser.selector.DescendantSelector;
import org.htmlunit.cssparser.parser.selector.DirectAdjacentSelector;
import org.htmlunit.cssparser.parser.selector.ElementSelector;
import org.htmlunit.cssparser.parser.selector.GeneralAdjacentSelector;
import org.htmlunit.cssparser.parser.selector.PseudoElementSelector;
import org.htmlunit.cssparser.parser.selector.SelectorSpecificity;
import org.jspecify.annotations.Nullable;

/**
 * One selector of a rule. Immutable.
 *
 * @param text without a space that is not needed
 * @param element what it is about, in lower case; empty where it names none
 * @param still whether it hangs on the document alone, and not on a state such as :hover
 * @param ancestor what the element has to be in; null where the selector does not say, or
 * names a neighbour
 * @param specificity CSS Selectors level 4, section 17
 */
public record Selector(String text, String element, boolean still, @Nullable Selector ancestor,
		SelectorSpecificity specificity) {

	private static final Set<ConditionType> STILL = Set.of(ConditionType.ATTRIBUTE_CONDITION,
			ConditionType.ID_CONDITION, ConditionType.ONE_OF_ATTRIBUTE_CONDITION,
			ConditionType.BEGIN_HYPHEN_ATTRIBUTE_CONDITION, ConditionType.CLASS_CONDITION,
			ConditionType.PREFIX_ATTRIBUTE_CONDITION, ConditionType.SUBSTRING_ATTRIBUTE_CONDITION,
			ConditionType.SUFFIX_ATTRIBUTE_CONDITION);

	static Selector of(org.htmlunit.cssparser.parser.selector.Selector parsed) {
		if (parsed instanceof ElementSelector element) {
			return simple(element);
		}
		if (parsed instanceof DescendantSelector in) {
			// The parser has p::before so too.
			String sign = (in.getSimpleSelector() instanceof PseudoElementSelector) ? "" : " ";
			return behind(of(in.getAncestorSelector()), sign, of(in.getSimpleSelector()), true, parsed);
		}
		if (parsed instanceof ChildSelector in) {
			return behind(of(in.getAncestorSelector()), ">", of(in.getSimpleSelector()), true, parsed);
		}
		if (parsed instanceof DirectAdjacentSelector next) {
			return behind(of(next.getSelector()), "+", of(next.getSimpleSelector()), false, parsed);
		}
		if (parsed instanceof GeneralAdjacentSelector next) {
			return behind(of(next.getSelector()), "~", of(next.getSimpleSelector()), false, parsed);
		}
		return new Selector(parsed.toString(), "", false, null, parsed.getSelectorSpecificity());
	}

	private static Selector simple(ElementSelector parsed) {
		String name = (parsed.getLocalName() != null) ? parsed.getLocalName() : "";
		// The parser has null for none.
		List<Condition> conditions = (parsed.getConditions() != null) ? parsed.getConditions() : List.of();
		String text = name + conditions.stream().map(Condition::toString).collect(Collectors.joining());
		boolean still = conditions.stream().allMatch((condition) -> STILL.contains(condition.getConditionType()));
		return new Selector(text.isEmpty() ? "*" : text,
				(parsed.getLocalNameLowerCase() != null) ? parsed.getLocalNameLowerCase() : "", still, null,
				parsed.getSelectorSpecificity());
	}

	private static Selector behind(Selector first, String sign, Selector last, boolean within,
			org.htmlunit.cssparser.parser.selector.Selector parsed) {
		return new Selector(first.text() + sign + last.text(), last.element(), first.still() && last.still(),
				within ? first : null, parsed.getSelectorSpecificity());
	}

}
